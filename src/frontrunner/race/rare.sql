-- Grain: programme of some in a rare disease that is no cancer: its disease, or one above it, has a published prevalence in
-- Europe, the United States or the world that is not above 5 in 10,000. By everything known today: how common a disease
-- is does not follow from any programme.
select programme.programme
from programme
join closure as above on above.vocabulary = 'indication' and above.id = programme.indication
join disease_prevalence as held on held.indication = above.ancestor
where programme.programme in (select unnest($programmes))
    and held.measure in ('point_prevalence', 'birth_prevalence')
    and held.area in ('Europe', 'United States', 'Worldwide')
    and held.class in ('<1 / 1 000 000', '1-9 / 1 000 000', '1-9 / 100 000', '1-5 / 10 000')
    and programme.indication not in (
        select id from closure
        where vocabulary = 'indication' and ancestor in ('MONDO:0004992', 'MONDO:0005070', 'MONDO:0002531')
    )
group by programme.programme
