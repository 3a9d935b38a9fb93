-- Grain: programme of the arena with anything that happened by the day asked, in the scope asked, by the clock asked.
with seen as (
    select milestone.* from visible($on::date, $clock) as milestone
    join arena($indication, $modality, $target, $origin) using (programme)
    where not anticipated and happened_last <= $on::date
        and ($lane = 'all' or lane = $lane)
        and ($jurisdiction is null or everywhere or list_contains(jurisdictions, $jurisdiction))
)
select programme,
    max(happened_last) filter (effect = 'stop' and event not in ('terminated')) as stopped_on,
    max(happened_first) filter (effect in ('advance', 'revive')) as moved_on,
    max(happened_last) filter (effect = 'withdraw_licence') as withdrawn_on,
    max(happened_last) filter (effect = 'pause') as paused_on,
    max(happened_last) filter (effect = 'resume') as resumed_on,
    max(greatest(happened_last, if(known_from <= $on::date, known_from, happened_last))) as last_sign,
    count(distinct span) filter (event = 'trial_start' and rung is not null) as trials,
    count(distinct span) filter (event = 'terminated') as trials_stopped,
    list(distinct trial) filter (trial is not null) as trials_seen
from (select seen.*, unnest(if(len(trials) = 0, [null], trials)) as trial from seen)
group by programme
