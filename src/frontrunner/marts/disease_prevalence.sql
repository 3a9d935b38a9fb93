-- Grain: disease of the vocabulary x row of a publisher's table of how common it is; per 100,000 but for `count`.
-- Both clocks are columns.
select term_name.id as indication, prevalence.measure, prevalence.value, prevalence.low, prevalence.high,
    prevalence.class_ as class, prevalence.count, prevalence.area, prevalence.validated, prevalence.citation,
    prevalence.disease as published_as, version.known_from, version.known_to, version.source, prevalence.doc
from prevalence
join version using (doc)
join term_name on term_name.vocabulary = 'indication' and term_name.kind in ('id', 'external')
    and term_name.value = prevalence.disease
