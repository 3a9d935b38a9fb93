"""The style sheets: that of the page of a race, and what the app adds to it."""

import hashlib
from functools import cache
from importlib import resources

#: sheet -> the package that holds it
PACKAGES = {"page.css": "frontrunner.deliver.page", "web.css": "frontrunner.deliver.web"}


@cache
def sheet(name: str) -> bytes:
    """One style sheet."""
    return resources.files(PACKAGES[name]).joinpath(name).read_bytes()


@cache
def version() -> str:
    """Changes whenever a style sheet does, so that browsers may keep them."""
    return hashlib.blake2b(b"".join(map(sheet, PACKAGES)), digest_size=6).hexdigest()
