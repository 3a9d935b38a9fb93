-- The programmes that any version of a trial belongs to, or that are linked to it under any of its ids.
select distinct programme.programme, programme.product, term.label as indication_label
from (
    select programme from trial_programme join trial using (doc) where trial_id = $trial
    union
    select programme from trial_claim where trial_id = $trial or trial_id in (
        select registered.id
        from registration as own join registration as registered using (trial)
        where own.id = $trial
    )
)
join programme using (programme)
left join term on term.vocabulary = 'indication' and term.id = programme.indication
order by programme
