"""Faces: the same typed answers as tables, JSON, CSV, Markdown and pages. No business rule lives here.

`views` says what an answer shows, `render` lays it out as text; `cli` and `page` are siblings that never import each
other, and `demo` shows them both.
"""
