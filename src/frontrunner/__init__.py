"""Who leads the race to approval, for whom, since when, and how we know.

    import frontrunner as fr

    home = fr.open()
    home.race("hemophilia B", modality="gene_therapy", jurisdiction="CN", on="2022-01-12")

Importing this costs nothing: the database and the tables are imported by `open`. Nothing below `api` imports
this module, so that the road stays one-way.
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontrunner.api import HomeHandle

__all__ = ["__version__", "open"]

__version__ = "0.1.0"


def open(home: str | PathLike[str] | None = None) -> HomeHandle:
    """The home in `home`, else in FRONTRUNNER_HOME, else in ~/.frontrunner; it need not exist yet."""
    from frontrunner import api

    return api.open(home)
