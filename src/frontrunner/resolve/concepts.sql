-- Grain: what one document in force says of one concept of a vocabulary that is not given up; names first, hierarchies
-- last.
select document.source, concept.id, concept.label,
    list_transform(concept.synonyms, lambda one: [one.value, one.kind]) as synonyms,
    concept.parents, concept.tree_numbers, concept.same_as
from concept join document using (doc)
where not starts_with(lower(coalesce(concept.label, '')), 'obsolete ')
    and if(document.source = 'genes', 'target', 'indication') = $vocabulary
    and doc in (
        select doc from derived_version()
        where known_to is null and source in ('mondo', 'doid', 'orphanet', 'mesh', 'gard', 'genes')
    )
order by list_position(['mondo', 'doid', 'orphanet', 'mesh', 'gard', 'genes'], document.source),
    starts_with(document.key, 'is_a/'), contains(document.key, '/'), concept.id, document.key
