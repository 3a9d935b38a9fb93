-- Grain: programme of some in a rare disease that is no cancer: one of the disease's published prevalences, none above
-- 5 in 10,000 people. By everything known today: how common a disease is does not follow from any programme.
select programme.programme
from programme
join disease_prevalence using (indication)
where programme.programme in (select unnest($programmes))
    and disease_prevalence.measure in ('point_prevalence', 'birth_prevalence')
    and disease_prevalence.class in ('<1 / 1 000 000', '1-9 / 1 000 000', '1-9 / 100 000', '1-5 / 10 000')
    and programme.indication not in (
        select id from closure
        where vocabulary = 'indication' and ancestor in ('MONDO:0004992', 'MONDO:0005070', 'MONDO:0002531')
    )
group by programme.programme
