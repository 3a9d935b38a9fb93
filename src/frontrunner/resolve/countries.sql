-- Grain: one spelling of a country.
select unnest(countries) from trial_version
union
select unnest(countries) from trial_claim
order by all
