-- Grain: one substance of the register, with those of its codes, proper names and brands that records or curated rows use
-- and that it shares with no other substance, and its proper name where no record uses one: (proper, all). A salt that has
-- its base's name as well joins nothing by it, nor does a code under which records tell of cells or genes where the
-- substance's proper name says otherwise, or the other way about: it names two things. A biosimilar's brand is not its
-- substance's. Brands that nothing but a description holds together are several makers'. A proper name of one word stands
-- for its substance also alone, so that what records say together never joins two of them.
with used as (
    select key from tested_name
    union
    select unnest($curated)
), told as (
    select key, mode(modality order by modality) as modality
    from (
        select key, modality from tested_name join tested_product using (doc, position) where kind = 'code'
        union all
        select unnest($curated), unnest($modalities)
    )
    where modality is not null
    group by key
), copied as (
    select distinct key
    from tested_name
    semi join (select doc from approval where list_contains([one.kind for one in names], 'reference')) using (doc)
    where kind = 'brand'
), named as (
    select distinct substance_name.unii, key, kind, kind = 'inn' and not contains(name, ' ') as alone
    from substance_name
    semi join (
        from used
        union
        select key
        from substance_name
        semi join (
            select unii from substance_name semi join used using (key)
            group by unii
            having count(*) filter (kind in ('inn', 'variant')) = 0
        ) using (unii)
        where kind = 'inn' and not contains(name, ' ')
    ) using (key)
    left join told using (key)
    left join living_kind as living using (modality)
    where kind = 'inn' or kind = 'brand' and key not in (from copied)
        or kind = 'code' and (told.modality is null or coalesce(substance_name.living = (living.modality is not null), true))
), own as (
    select * from named where key not in (select key from named group by key having count(distinct unii) > 1)
), whole as (
    select list(distinct key order by key) filter (kind = 'inn') as proper, list(distinct key order by key) as keys
    from own
    group by unii
    having count(distinct key) > 1 and (bool_or(kind = 'inn') or count(distinct key) filter (kind = 'brand') < 2)
        or bool_or(alone)
    union all
    select distinct [key], [key] from named anti join own using (key) where alone
)
select proper, keys from whole order by keys
