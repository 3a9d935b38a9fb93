"""Strict readers: bytes become records, and a value comes with its place. No clock, no network, no database.

`containers` opens what a user gave (files, folders, gz, zst, zip) and bounds what it may expand to; `json`, `xml` and
`table` cut it into records, `sheet` reads the rows of a workbook; `cells` reads the cells of a known row, `dates`
partial dates; `places` finds the words at a place again.
"""
