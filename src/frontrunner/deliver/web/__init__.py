"""The web app: pages made on the server, in English and Chinese, that need no script."""

from frontrunner.deliver.web.app import add_to

__all__ = ["add_to"]
