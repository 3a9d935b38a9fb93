-- Grain: one approval that regulators' rows date apart, the row that is shown first.
select programme.product, any_value(term.label) as use, any_value(list_aggregate(milestone.jurisdictions, 'string_agg', ' ')) as place,
    string_agg(distinct happened || ' ' || source, ', ' order by happened || ' ' || source) as days
from milestone
join programme using (number)
left join term on term.vocabulary = 'indication' and term.id = programme.indication
where event = 'approval' and status = 'proven' and known_to is null
group by programme.product, programme.programme, fact
having max(happened_first) > min(happened_last)
order by all
