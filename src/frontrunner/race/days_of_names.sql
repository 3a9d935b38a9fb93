-- Grain: day between two days on which a programme of some may have another developer, or a product or company another name.
with asked as (
    select programme, product from programme where number in (select unnest($numbers::integer[]))
), roles as (
    select company, since, known_from from curated_role semi join asked using (programme) where role = 'developer'
    union all
    select company, since, known_from from product_role semi join asked using (product)
), days as (
    select unnest([first_day(since), if($clock = 'then', known_from, null)]) as day from roles
    union
    select if($clock = 'then', known_from, null) from product_name semi join asked using (product)
    union
    select unnest([first_day(valid_from), last_day_of(valid_to), if($clock = 'then', known_from, null)])
    from company_name semi join roles using (company)
)
select distinct day from days where day > $since::date and day <= $until::date order by day
