"""Faces: the same typed answers as tables, JSON, CSV, Markdown and pages. No business rule lives here.

`views` says what an answer shows, `render` and `workbook` lay it out as text and as sheets, `page` as HTML and charts.
`web`, `rest` and `mcp` are siblings that never import each other and stand on `serving`; `cli` starts them all.
"""
