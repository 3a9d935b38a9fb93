-- Grain: one source that this version can read, with the documents held of it.
select source.id, count(document.doc) as documents
from source left join document on document.source = source.id
group by source.id
