-- Grain: one version of one registered study that was in force for some time. A column that a partial record does not
-- tell, or not wholly, keeps the last value told whole, else what there is. rung: the phase as a rung of the ladder; begun: the study is known to have started.
with told as (
    select version.source, version.key, version.known_from, version.known_to, version.known_basis, version.whole, version.as_of,
        trial_version.*,
        list_contains(not_read, 'countries') as no_countries,
        list_contains(not_read, 'phases') as no_phases,
        list_contains(not_read, 'leadSponsorName') as no_sponsor,
        list_contains(not_read, 'studyType') as no_type,
        list_contains(not_read, 'interventions') as no_interventions,
        list_contains(not_read, 'conditions') as no_conditions,
        list_contains(not_read, 'studyFirstPostDate') as no_post
    from trial_version join version using (doc)
), carried as (
    select doc, source, trial_id, known_from, known_to, known_basis, whole, overall_status, brief_title, official_title,
        start_date, start_date_type, primary_completion_date, primary_completion_date_type,
        completion_date, completion_date_type, results_first_post_date, last_update_post_date,
        coalesce(last_value(if(no_countries, null, countries) ignore nulls) over so_far, countries) as countries,
        coalesce(last_value(if(no_phases, null, phases) ignore nulls) over so_far, phases) as phases,
        last_value(if(no_sponsor, null, lead_sponsor_name) ignore nulls) over so_far as lead_sponsor_name,
        last_value(if(no_sponsor, null, lead_sponsor_class) ignore nulls) over so_far as lead_sponsor_class,
        last_value(if(no_type, null, study_type) ignore nulls) over so_far as study_type,
        coalesce(last_value(if(no_interventions, null, doc) ignore nulls) over so_far, doc) as interventions_doc,
        coalesce(last_value(if(no_conditions, null, doc) ignore nulls) over so_far, doc) as conditions_doc,
        last_value(if(no_post, null, study_first_post_date) ignore nulls) over so_far as study_first_post_date
    from told
    window so_far as (
        partition by source, key order by known_from, whole, as_of nulls first, doc
        rows between unbounded preceding and current row
    )
)
select carried.*,
    if(study_type in ('OBSERVATIONAL', 'EXPANDED_ACCESS'), null, rung_of(phases)) as rung,
    list_contains(phases, 'NA') as phase_implied,
    overall_status in (
        'RECRUITING', 'ACTIVE_NOT_RECRUITING', 'ENROLLING_BY_INVITATION', 'COMPLETED', 'TERMINATED', 'SUSPENDED'
    ) as begun,
    coalesce(
        curated.lane,
        if(lead_sponsor_class = 'INDUSTRY' or sponsor.kind = 'company', 'registrational', 'iit')
    ) as lane,
    sponsor.company as sponsor_company
from carried
left join sponsor on sponsor.name = carried.lead_sponsor_name
left join (
    select trial_id, min(lane) as lane from trial_claim join version using (doc) where known_to is null group by trial_id
) as curated using (trial_id)
where known_to is null or known_to > known_from
