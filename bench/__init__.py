"""Benchmarks: synthetic registry files, the machine's floor, a per-record peer and the project's own command line.

`python -m bench` measures; nothing here is shipped. See `docs/` for the tables of past runs and what they mean.
"""
