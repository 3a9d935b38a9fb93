"""The files that pages load: the style of the page of a race, what the app adds to it, and the one script."""

import hashlib
from functools import cache
from importlib import resources

#: file -> the package that holds it
PACKAGES = {
    "page.css": "frontrunner.deliver.page",
    "web.css": "frontrunner.deliver.web",
    "web.js": "frontrunner.deliver.web",
}
TYPES = {"css": "text/css", "js": "text/javascript"}


@cache
def sheet(name: str) -> bytes:
    """One file."""
    return resources.files(PACKAGES[name]).joinpath(name).read_bytes()


@cache
def version() -> str:
    """Changes whenever one of them does, so that browsers may keep them."""
    return hashlib.blake2b(b"".join(map(sheet, PACKAGES)), digest_size=6).hexdigest()
