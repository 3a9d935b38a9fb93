-- Grain: study that follows up people treated with a product of a disease whose licence was withdrawn somewhere.
select distinct programme.programme, programme.product, term.label as indication_label, trial.trial_id, trial.overall_status
from programme
join closure on closure.vocabulary = 'indication' and closure.id = programme.indication
left join term on term.vocabulary = 'indication' and term.id = programme.indication
left join trial_programme on trial_programme.programme = programme.programme and trial_programme.follow_up
left join trial on trial.doc = trial_programme.doc and trial.known_to is null
where closure.ancestor = $indication
    and programme.number in (
        select number from milestone where known_to is null and effect = 'withdraw_licence' and not anticipated
    )
order by programme.programme, trial.trial_id
