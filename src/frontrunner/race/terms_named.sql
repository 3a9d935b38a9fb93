-- Grain: phrase x concept of the diseases and targets that answers to it alone.
select term_name.name, term_name.vocabulary, term_name.id
from term_name
where term_name.vocabulary in ('indication', 'target') and term_name.kind is distinct from 'contested'
    and term_name.name in (select unnest($names))
