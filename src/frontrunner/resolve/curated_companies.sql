-- Grain: curated company x name.
select company, name from company_claim
union
select subject, value from name_claim where starts_with(subject, 'org:')
order by all
