-- Grain: one thing that the records of a source are not as its publisher's records should be.
select source_filled.source,
    format(
        '{} says {} in {} of {} records; expected are at least {}%',
        source_filled.statement, source_filled.field, filled.filled, filled.told, round(100 * source_filled.at_least)
    ) as what
from source_filled
join filled using (source, statement, field)
where filled.told >= 100 and filled.filled < source_filled.at_least * filled.told
union all
select source.id, format('{} records are held; a whole set has at most {}', count(*), source.most)
from source join version on version.source = source.id and version.known_to is null
where source.most is not null
group by source.id, source.most
having count(*) > source.most
