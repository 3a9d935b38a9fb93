-- Grain: an id that judgements joined with another, and that one.
select id, same from same_company
order by id
