-- Grain: name of a product or company that was known on the day asked, by the clock asked.
select product as subject, value, kind, lang, curated, mentions, known_from from product_name
where product in (select unnest($subjects)) and ($clock = 'now' or known_from <= $on::date)
union all
select product, value, kind, lang, curated, mentions, known_from from part_name
where product in (select unnest($subjects)) and $clock = 'then' and known_from <= $on::date
union all
select company, value, kind, lang, true, mentions, known_from from company_name
where company in (select unnest($subjects)) and ($clock = 'now' or known_from <= $on::date)
    and (valid_from is null or first_day(valid_from) <= $on::date)
    and (valid_to is null or last_day_of(valid_to) > $on::date)
order by all
