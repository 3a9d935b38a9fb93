"""`python -m evaluation [TASK ...]`: print how well the answers agree with checked records; all tasks by default."""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
#: modules that the tasks share, besides those whose names begin with an underscore
_SHARED = {"__main__", "homes"}
_MODULES = {module.name for module in iter_modules([str(Path(__file__).parent)])}
TASKS = sorted(name for name in _MODULES - _SHARED if not name.startswith("_"))


def main() -> int:
    """Run the named tasks in turn."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Score answers against checked records.")
    parser.add_argument("task", nargs="*", help=f"of {', '.join(TASKS)}; all without one")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of records [default: %(default)s]")
    asked = parser.parse_args()
    unknown = sorted(set(asked.task) - set(TASKS))
    if unknown:
        parser.error(f"no such task: {', '.join(unknown)}; the tasks are {', '.join(TASKS)}")
    if not asked.data.is_dir():
        parser.error(f"needs the folder of records {asked.data}, which is not there; name one with --data")
    for task in asked.task or TASKS:
        module = import_module(f"evaluation.{task}")
        print(f"# {(module.__doc__ or task).partition(chr(10))[0]}\n")
        module.run(asked.data)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
