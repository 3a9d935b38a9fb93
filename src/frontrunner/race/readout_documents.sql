-- Grain: study of the arena's programmes with results on record: the last whole version that the clock lets us see, if that
-- still has them, where its bytes lie, and the programmes. A study counts for the places where it has sites.
with seen as (
    select trial.doc, trial.trial_id, trial.source, trial.known_from, trial.phases, trial.results_first_post_date,
        row_number() over (partition by trial.trial_id order by trial.known_from desc, trial.doc) as choice
    from trial
    join version using (doc)
    where version.whole and ($clock = 'now' or trial.known_from <= $on::date)
        and ($lane = 'all' or trial.lane = $lane)
)
select seen.trial_id, seen.doc, seen.source, seen.phases, seen.results_first_post_date as posted, seen.known_from,
    document.media_type, document.run, document.segment, document.row_group, document.row_in_group,
    list(distinct programme.programme order by programme.programme) as programmes
from seen
join document using (doc)
join trial_programme using (doc)
join programme using (programme)
join arena($indication, $modality, $target, $origin) using (number)
left join trial_jurisdiction using (doc)
where choice = 1 and seen.results_first_post_date <= $on::varchar
    and ($jurisdiction is null or list_contains(trial_jurisdiction.jurisdictions, $jurisdiction))
group by all
order by seen.trial_id
