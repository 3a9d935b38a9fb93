"""Errors as problems (RFC 9457): what is wrong, which values are allowed, which names come near."""

from typing import Any

from frontrunner.errors import FrontrunnerError, HomeError, NoSnapshot, TookTooLong, UnknownName, UsageError

MEDIA_TYPE = "application/problem+json"


def status_of(error: FrontrunnerError) -> int:
    """404 for a record or programme that is not held, 400 for what cannot be asked so, 503 for what may work later."""
    if isinstance(error, UnknownName) and not error.kind.startswith("--") and error.kind != "indication":
        return 404
    if isinstance(error, UsageError):
        return 400
    return 503 if isinstance(error, NoSnapshot | HomeError | TookTooLong) else 500


def problem(error: FrontrunnerError) -> dict[str, Any]:
    """The members of the problem; `title` is the name of the error in the reference of errors."""
    known = ("kind", "name", "candidates", "option", "value", "allowed")
    return {
        "type": "about:blank",
        "title": type(error).__name__,
        "status": status_of(error),
        "detail": str(error),
        **{name: getattr(error, name) for name in known if hasattr(error, name)},
    }
