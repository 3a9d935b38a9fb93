"""House limits on size: files of code at most 400 lines, functions at most 50. Complexity is ruff's (C901).

`python scripts/sizes.py` prints every breach, one a line, and exits 1 if there is one.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from checkout import project_files, shown

FILE_LINES = 400
FUNCTION_LINES = 50
CODE = {".py", ".sql", ".sh", ".js", ".css", ".html"}


def breaches(path: Path) -> Iterator[str]:
    """What in this file is too long, as `file:line: what`."""
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    if lines > FILE_LINES:
        yield f"{shown(path)}:1: {lines} lines; a file has at most {FILE_LINES}"
    if path.suffix == ".py":
        yield from _long_functions(path, ast.parse(text))


def _long_functions(path: Path, module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                limit = f"a function has at most {FUNCTION_LINES}"
                yield f"{shown(path)}:{node.lineno}: {node.name} is {length} lines; {limit}"


def main() -> int:
    """Check every file of code in the checkout."""
    code = [path for path in project_files() if path.suffix in CODE]
    found = [breach for path in code for breach in breaches(path)]
    print("\n".join(found) if found else f"sizes: {len(code)} files of code within the limits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
