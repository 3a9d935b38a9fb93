-- Grain: programme of the arena with anything that happened by the day asked, by the clock asked; of `numbers`, where they
-- are given, on the `days` beside them. In the scope asked but for last_sign, which any jurisdiction gives; only where
-- something there is its own, not only what counts everywhere.
-- approved_in, withdrawn_in: a list each time; first_trials and more_trials together: the registered studies, some more
-- than once; given_up: all of them, also those still to start, were terminated or withdrawn.
with seen as (
    select *, hash(span) as study,
        not anticipated and happened_last <= day as done,
        ($lane = 'all' or lane = $lane)
            and (everywhere or $jurisdiction is null or list_contains(jurisdictions, $jurisdiction)) as here
    from followed(
        $indication, $modality, $target, $origin, $on::date, $clock, $numbers::integer[], $days::date[]
    )
    where happened_first <= day or anticipated
), studies as (
    select number, day,
        bool_or(done and here and ($jurisdiction is null or not everywhere)) as present,
        max(happened_last) filter (done and here and effect = 'stop' and event <> 'terminated') as stopped_on,
        max(happened_first) filter (done and here and effect in ('advance', 'revive')) as moved_on,
        list(jurisdictions) filter (done and here and event = 'approval') as approved_in,
        list(jurisdictions) filter (done and here and effect = 'withdraw_licence') as withdrawn_in,
        max(happened_last) filter (
            done and here and event in ('withdrawn_application', 'refusal', 'negative_opinion', 'complete_response')
        ) as turned_down_on,
        max(happened_last) filter (done and here and effect = 'pause') as paused_on,
        max(happened_last) filter (done and here and effect = 'resume') as resumed_on,
        max(greatest(happened_last, if(known_from <= day, known_from, happened_last))) filter (done) as last_sign,
        bool_or(here and event in ('registered', 'trial_start')) as registered,
        bool_or(done and here and event = 'terminated') as ended,
        list(distinct trials[1]) filter (done and here and len(trials) > 0) as first_trials,
        list(trials[2:]) filter (done and here and len(trials) > 1) as more_trials
    from seen
    group by number, day, study
), whole as (
    select number, day,
        max(stopped_on) as stopped_on, max(moved_on) as moved_on,
        flatten(list(approved_in)) as approved_in, flatten(list(withdrawn_in)) as withdrawn_in,
        max(turned_down_on) as turned_down_on, max(paused_on) as paused_on, max(resumed_on) as resumed_on,
        max(last_sign) as last_sign, bool_or(registered) and bool_and(ended or not registered) as given_up,
        flatten(list(first_trials)) as first_trials, flatten(flatten(list(more_trials))) as more_trials
    from studies
    group by number, day
    having bool_or(present)
)
select * from whole order by number, day
