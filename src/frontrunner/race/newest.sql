-- Grain: one thing that happened to a programme by the day asked, by the clock asked, newest first: what moves a race.
-- A registration and a first dosing day are in many trials' records each day; they are not news. Nor is a status that has
-- no day but that on which we read it.
select programme.programme, programme.product, programme.indication, term.label as indication_label,
    product.modality, milestone.event, milestone.rung, milestone.kind, milestone.jurisdictions, milestone.happened,
    milestone.status, milestone.known_from, milestone.doc, milestone.place
from visible($on::date, $clock) as milestone
join programme using (number)
join product on product.product = programme.product
left join term on term.vocabulary = 'indication' and term.id = programme.indication
where not milestone.anticipated and milestone.happened_last <= $on::date
    and not (milestone.known_basis = 'fetched' and milestone.happened = milestone.known_from::varchar)
    and milestone.event not in ('registered', 'trial_start', 'phase_start', 'iit_start', 'results_posted', 'primary_completion')
qualify row_number() over (
    partition by milestone.programme, milestone.fact
    order by milestone.authority_order, milestone.doc, milestone.place
) = 1
order by
    milestone.happened_last desc, milestone.happened desc, programme.programme, milestone.event, milestone.doc, milestone.place
limit $limit
