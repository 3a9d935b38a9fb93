-- Grain: one spelling of a lead sponsor, with the registry classes it is given.
select lead_sponsor_name, list(distinct lead_sponsor_class order by lead_sponsor_class)
from trial_version
where lead_sponsor_name is not null
group by lead_sponsor_name
order by lead_sponsor_name
