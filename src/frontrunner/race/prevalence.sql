-- Grain: published prevalence of a disease in an area, the one validated first; per 100,000 people. By everything known
-- today: nobody's forecast depends on it.
select indication, measure, area, class, value, low, high, source, published_as
from disease_prevalence
where indication = $indication and measure in ('point_prevalence', 'birth_prevalence') and class <> 'Unknown'
    and known_to is null
order by measure <> 'point_prevalence', validated desc, area, value
