-- Grain: vocabulary, with what tells apart two states of the concepts in force that the home holds for it.
select if(source = 'genes', 'target', 'indication') as vocabulary,
    count(*)::varchar || '-' || bit_xor(hash(doc))::varchar as edition
from derived_version()
where known_to is null and source in ('mondo', 'doid', 'orphanet', 'mesh', 'gard', 'genes')
group by all
