"""Tools for assistants: the questions of the Python door, with the words behind every answer and what is not known."""

from frontrunner.deliver.mcp.server import server

__all__ = ["server"]
