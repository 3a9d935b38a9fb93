-- Grain: programme. weight: what is dated of it.
select programme.programme as id, programme.product, term.label as indication, term.label_zh as indication_zh,
    coalesce(dated.weight, 0) as weight
from programme
left join term on term.vocabulary = 'indication' and term.id = programme.indication
left join (select number, count(*) as weight from milestone group by number) as dated using (number)
order by id
