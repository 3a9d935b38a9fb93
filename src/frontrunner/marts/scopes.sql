-- What the answers ask of the marts.

-- What one day of one clock lets us see: everything known today, or only what was public on that day.
create or replace macro visible(on_day, clock) as table
    select * from milestone
    where case
        when clock = 'now' then known_to is null
        else known_from <= on_day and (known_to is null or known_to > on_day)
    end;

-- The programmes of an arena; a null part does not restrict. An arena on a disease holds what is below it, one on several
-- targets (separated by |) the products that hit all of them.
create or replace macro arena(indication_asked, modality_asked, target_asked, origin_asked) as table
    select number from (
        select number, product, indication from programme
        union all
        select number, whole, indication from programme_part
    ) join product using (product)
    where (indication_asked is null or indication in (
            select id from closure where vocabulary = 'indication' and ancestor = indication_asked
        ))
        and (modality_asked is null or modality in (
            select id from closure where vocabulary = 'modality' and ancestor = modality_asked
        ))
        and (target_asked is null or list_has_all(string_split(target, '|'), string_split(target_asked, '|')))
        and (origin_asked is null or origin = origin_asked);

-- The statements about the programmes of an arena as one day of one clock lets us see them, each with that day; or those
-- about some programmes by number, each as of a day of its own, where numbers are given. row: by which a statement is found again.
create or replace macro followed(indication_asked, modality_asked, target_asked, origin_asked, on_day, clock, numbers, days) as table
    select milestone.*, milestone.rowid as row, day
    from milestone
    join (
        select number, on_day as day from arena(indication_asked, modality_asked, target_asked, origin_asked)
        where len(numbers) = 0
        union all
        select unnest(numbers), unnest(days)
    ) using (number)
    where case
        when clock = 'now' then known_to is null
        else known_from <= day and (known_to is null or known_to > day)
    end;
