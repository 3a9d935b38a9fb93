-- Grain: one column of a source's records and the place that holds it.
select field, place from source_place where source = $source
