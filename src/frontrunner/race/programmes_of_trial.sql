-- The programmes that any version of a trial belongs to.
select distinct programme.programme, programme.product, term.label as indication_label
from trial_programme
join trial using (doc)
join programme using (programme)
left join term on term.vocabulary = 'indication' and term.id = programme.indication
where trial_id = $trial
order by programme
