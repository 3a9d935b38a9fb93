"""The REST API: one GET a question, named and answered as in Python; whole tables; a description (OpenAPI 3.1)."""

from frontrunner.deliver.rest.app import add_to

__all__ = ["add_to"]
