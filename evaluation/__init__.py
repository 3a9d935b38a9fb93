"""Answers scored against checked records: one task a module, each with `run(data)`, which prints its tables.

A module's first line says what it scores. `data` is the folder of records beside the checkout; nothing is written
there.
"""
