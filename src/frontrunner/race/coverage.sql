-- Grain: one source that this version can read.
select id, documents from coverage order by id
