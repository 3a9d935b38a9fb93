-- Grain: one kept document: where its bytes lie, and the first day its content was in force.
select document.doc, document.hash, document.source, document.key, document.media_type,
    document.run, document.segment, document.row_group, document.row_in_group,
    replace(source.record_url, '{key}', document.key) as url,
    first.known_on, first.known_basis, first.as_of
from document
join source on source.id = document.source
left join (
    select doc, min(known_on) as known_on, arg_min(known_basis, known_on) as known_basis, arg_min(as_of, known_on) as as_of
    from sighting where doc in (select unnest($docs)) group by doc
) as first using (doc)
where document.doc in (select unnest($docs))
