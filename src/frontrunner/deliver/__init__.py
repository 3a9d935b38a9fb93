"""Faces: the same typed answers as tables, JSON, CSV, Markdown and pages. No business rule lives here.

`views` says what an answer shows. `cli` lays it out as text and `page` as HTML: siblings that never import each other.
`demo` shows them both.
"""
