-- Grain: programme of the arena with anything that happened by the day asked, by the clock asked; of `numbers`, where they
-- are given, on the `days` beside them. In the scope asked but for last_sign, which any jurisdiction gives; only where
-- something there is its own, not only what counts everywhere.
-- approved_in, withdrawn_in: a list each time; trials: the registered studies, ids separated by | each time, some more
-- than once; given_up: all of them, also those still to start, were terminated or withdrawn.
with seen as (
    select number, day, event, effect, trials, study, jurisdictions, everywhere, happened_first,
        happened_last, known_from, not anticipated and happened_last <= day as done,
        ($lane = 'all' or lane = $lane)
            and (everywhere or $jurisdiction is null or list_contains(jurisdictions, $jurisdiction)) as here
    from followed(
        $indication, $modality, $target, $origin, $on::date, $clock, $numbers::integer[], $days::date[]
    )
    where happened_first <= day or anticipated
), whole as (
    select number, day,
        max(happened_last) filter (done and here and effect = 'stop' and event <> 'terminated') as stopped_on,
        max(happened_first) filter (done and here and effect in ('advance', 'revive')) as moved_on,
        list(jurisdictions) filter (done and here and event = 'approval') as approved_in,
        list(jurisdictions) filter (done and here and effect = 'withdraw_licence') as withdrawn_in,
        max(happened_last) filter (
            done and here and event in ('withdrawn_application', 'refusal', 'negative_opinion', 'complete_response')
        ) as turned_down_on,
        max(happened_last) filter (done and here and effect = 'pause') as paused_on,
        max(happened_last) filter (done and here and effect = 'resume') as resumed_on,
        max(greatest(happened_last, if(known_from <= day, known_from, happened_last))) filter (done) as last_sign
    from seen
    group by number, day
    having bool_or(done and here and ($jurisdiction is null or not everywhere))
), ended as (
    select distinct number, day, study from seen where done and here and event = 'terminated'
), studies as (
    select number, day, study, trials, bool_or(done) as done,
        bool_or(event in ('registered', 'trial_start')) as registered
    from seen
    where here
    group by number, day, study, trials
), of_studies as (
    select number, day, bool_or(registered) and bool_and(ended.study is not null or not registered) as given_up,
        list(trials) filter (done and trials <> '') as trials
    from studies left join ended using (number, day, study)
    group by number, day
)
select number, day, stopped_on, moved_on, approved_in, withdrawn_in, turned_down_on, paused_on, resumed_on, last_sign,
    given_up, trials
from whole join of_studies using (number, day)
order by number, day
