-- Grain: one spelling of a lead sponsor or applicant, with the registry classes it is given.
with said as (
    select lead_sponsor_name as name, lead_sponsor_class as class from trial_version
    union
    select applicant, null from approval
    union
    select sponsor, null from designation
    union
    select applicant, null from letter
)
select name, list(distinct class order by class) filter (class is not null)
from said
where name is not null
group by name
order by name
