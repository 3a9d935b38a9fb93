-- Grain: one version of one registered study that was in force for some time. A column that a partial record does not
-- tell, or not wholly, keeps the last value told whole, else what there is. rung: the phase as a rung of the ladder;
-- begun: the study is known to have started.
with told as (
    select version.source, version.key, version.known_from, version.known_to, version.known_basis, version.whole,
        version.as_of, trial_version.doc, trial_id, overall_status, start_date, start_date_type,
        primary_completion_date, primary_completion_date_type, completion_date, completion_date_type,
        results_first_post_date, countries, phases, lead_sponsor_name, lead_sponsor_class, study_type,
        study_first_post_date, trial_version.doc as interventions_doc, trial_version.doc as conditions_doc, not_read
    from trial_version join version using (doc)
), partial as (
    select distinct source, key from told where len(not_read) > 0
), carried as (
    select * replace (
        coalesce(last_value(if(list_contains(not_read, 'countries'), null, countries) ignore nulls) over so_far, countries)
            as countries,
        coalesce(last_value(if(list_contains(not_read, 'phases'), null, phases) ignore nulls) over so_far, phases) as phases,
        last_value(if(list_contains(not_read, 'leadSponsorName'), null, lead_sponsor_name) ignore nulls) over so_far
            as lead_sponsor_name,
        last_value(if(list_contains(not_read, 'leadSponsorName'), null, lead_sponsor_class) ignore nulls) over so_far
            as lead_sponsor_class,
        last_value(if(list_contains(not_read, 'studyType'), null, study_type) ignore nulls) over so_far as study_type,
        last_value(if(list_contains(not_read, 'studyFirstPostDate'), null, study_first_post_date) ignore nulls) over so_far
            as study_first_post_date,
        coalesce(last_value(if(list_contains(not_read, 'interventions'), null, doc) ignore nulls) over so_far, doc)
            as interventions_doc,
        coalesce(last_value(if(list_contains(not_read, 'conditions'), null, doc) ignore nulls) over so_far, doc)
            as conditions_doc
    )
    from told semi join partial using (source, key)
    window so_far as (
        partition by source, key order by known_from, whole, as_of nulls first, doc
        rows between unbounded preceding and current row
    )
), whole as (
    select * from told anti join partial using (source, key)
    union all
    select * from carried
), curated as (
    select coalesce(registered.id, trial_claim.trial_id) as trial_id, min(lane) as lane
    from trial_claim
    join version using (doc)
    left join registration as own on own.id = trial_claim.trial_id
    left join registration as registered on registered.trial = own.trial
    where known_to is null
    group by 1
)
select whole.* exclude (not_read, as_of, key),
    if(study_type in ('OBSERVATIONAL', 'EXPANDED_ACCESS'), null, rung_of(phases)) as rung,
    list_contains(phases, 'NA') as phase_implied,
    overall_status in (
        'RECRUITING', 'ACTIVE_NOT_RECRUITING', 'ENROLLING_BY_INVITATION', 'COMPLETED', 'TERMINATED', 'SUSPENDED'
    ) as begun,
    coalesce(
        curated.lane, if(lead_sponsor_class = 'INDUSTRY' or sponsor.kind = 'company', 'registrational', 'iit')
    ) as lane,
    sponsor.company as sponsor_company
from whole
left join sponsor on sponsor.name = whole.lead_sponsor_name
left join curated using (trial_id)
where known_to is null or known_to > known_from
