-- Grain: one column of one kind of statement of one source. told: current records that could say it (of a partial record
-- the columns that it does not tell are left out); filled: those that do. Lists are never null and always count as filled.
with current as (
    select doc, source from version where known_to is null
), counted as (
    select 'trial_version' as statement, source, field, told, filled
    from (
        unpivot (
            select source, count(*) as told, count(columns(* exclude (doc, source, not_read)))
            from trial_version join current using (doc) group by source
        ) on columns(* exclude (source, told)) into name field value filled
    )
    union all
    select 'approval', source, field, told, filled
    from (
        unpivot (
            select source, count(*) as told, count(columns(* exclude (doc, source)))
            from approval join current using (doc) group by source
        ) on columns(* exclude (source, told)) into name field value filled
    )
    union all
    select 'designation', source, field, told, filled
    from (
        unpivot (
            select source, count(*) as told, count(columns(* exclude (doc, source)))
            from designation join current using (doc) group by source
        ) on columns(* exclude (source, told)) into name field value filled
    )
    union all
    select 'letter', source, field, told, filled
    from (
        unpivot (
            select source, count(*) as told, count(columns(* exclude (doc, source)))
            from letter join current using (doc) group by source
        ) on columns(* exclude (source, told)) into name field value filled
    )
), untold as (
    select source, unnest(not_read) as field from trial_version join current using (doc)
), unread as (
    select source, lower(regexp_replace(field, '([A-Z])', '_\1', 'g')) as field, count(*) as records
    from untold group by all
)
select counted.statement, source, field, told - coalesce(unread.records, 0) as told, filled
from counted
left join unread using (source, field)
