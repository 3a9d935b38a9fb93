-- One row a labelled trial: the fullest of its rows in the corpora (longest interventions, then longest title).
select nct_id, title, coalesce(official_title, ''), coalesce(conditions, ''), coalesce(interventions, '')
from read_parquet(getvariable('rows'))
where title is not null and nct_id in (select unnest(getvariable('ids')::varchar[]))
qualify row_number() over (
    partition by nct_id
    order by length(coalesce(interventions, '')) desc, length(title) desc, extract_no, title, official_title
) = 1
