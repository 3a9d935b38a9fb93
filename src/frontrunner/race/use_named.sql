-- Grain: document of some in which a regulator names the uses of a product. place: where its words stand.
select distinct doc, source_place.place
from decision
join document using (doc)
join source_place on source_place.source = decision.source and source_place.media_type = document.media_type
    and source_place.field = if(decision.indication is null, 'areas', 'indication')
where doc in (select unnest($docs))
order by doc
