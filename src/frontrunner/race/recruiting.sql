-- Grain: registered study of a disease, or of one below it, that its newest record says is open or soon to open; in one
-- country where one is asked. The newest first.
select trial.trial_id, told.brief_title, told.official_title, trial.overall_status, trial.phases, trial.countries,
    trial.lead_sponsor_name, told.minimum_age, told.maximum_age, told.sex, told.healthy_volunteers,
    trial.known_from, trial.source, replace(source.record_url, '{key}', document.key) as url,
    count(*) over () as whole
from trial
join trial_version as told using (doc)
join document using (doc)
join source on source.id = trial.source
where trial.known_to is null
    and trial.overall_status in ('RECRUITING', 'NOT_YET_RECRUITING', 'ENROLLING_BY_INVITATION', 'AVAILABLE')
    and trial.conditions_doc in (
        select trial_indication.doc from trial_indication
        join closure on closure.vocabulary = 'indication' and closure.id = trial_indication.indication
        where closure.ancestor = $indication
    )
    and ($country is null or list_contains(trial.countries, $country))
order by trial.overall_status = 'RECRUITING' desc, trial.known_from desc, trial.trial_id
limit $limit
