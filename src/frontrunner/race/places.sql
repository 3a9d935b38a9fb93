-- Grain: one column of a source's documents of one media type, and the place that holds it.
select field, place from source_place where source = $source and media_type = $media_type
