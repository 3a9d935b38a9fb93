"""Nothing in the project says where it was made: no machine's paths, no registry hosts, no addresses in lock files,
no person's mail address.

`python scripts/addresses.py` prints every find as `file:line: what: text` and exits 1 if there is one. The patterns
hold a bracket or an escape in each name, so that they do not find themselves.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from checkout import project_files, shown

EVERYWHERE = {
    "a path of one machine": re.compile(
        r"(?<![\w.:~/-])/(?:(?:work|root|tmp|opt|mnt)/|(?:home|Users)/[A-Za-z])|\b[A-Z]:\\Users\\"
    ),
    "a registry host": re.compile(
        r"py[p]i\.(?:org|python)|python[h]osted|npm[j]s\.|yarn[p]kg|deb[i]an\.(?:org|net)|proxy\.golan[g]|crates\.i[o]",
        re.IGNORECASE,
    ),
    "a mail address": re.compile(
        r"(?<!ev:)\b[\w.+-]*[\w+-]@(?!example\.)[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|io|cn|jp|kr|de|uk|fr|ch|eu)\b",
        re.IGNORECASE,
    ),
}
IN_LOCKS = {
    "an address in a lock file": re.compile(r"://|^\s*(?:-i|-f|--[\w-]*(?:index|links|host)[\w-]*)\b|@ "),
}
LOCK_NAMES = re.compile(r"(?:^|/)requirements/|(?:^|[/.-])lock(?:\.|$)|\.lock$|shrinkwrap")


def finds(path: Path) -> Iterator[str]:
    """The lines of this file that give a place away; a file that is not text has none."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    patterns = EVERYWHERE | IN_LOCKS if LOCK_NAMES.search(shown(path)) else EVERYWHERE
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in patterns.items():
            match = pattern.search(line)
            if match:
                yield f"{shown(path)}:{number}: {what}: {match[0]}"


def main() -> int:
    """Check every file of the checkout."""
    files = project_files()
    found = [find for path in files for find in finds(path)]
    print("\n".join(found) if found else f"addresses: none in {len(files)} files")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
