-- Grain: product x company x day: who develops the programmes of a product that no curated row gives a developer. The
-- product's curated developer; else, undated and by rank, who applied for its licence, then the sponsors of its trials: of
-- versions in force, companies before hospitals, the furthest trial's, the latest. Who begins a trial after the foremost
-- sponsor has ended all of its own revives the product, and develops it from then on.
with of_product as (
    select distinct on (product) product, company, since, known_from, doc
    from curated_role
    where role = 'developer' and territory is null
    order by product, since desc nulls last, programme
), sponsored as (
    select trial_programme.product, trial.sponsor_company as company, 
        min(greatest(trial.known_from, until)) as known_from,
        arg_min(trial.doc, {known_from: greatest(trial.known_from, until), doc: trial.doc}) as doc,
        bool_or(trial.known_to is null) as current, bool_or(trial.lane = 'registrational') as registrational,
        max(rung.sort) as furthest, max(trial.known_from) as latest,
        bool_and(overall_status in ('TERMINATED', 'WITHDRAWN')) filter (trial.known_to is null) as given_up,
        max(last_day_of(completion_date)) filter (trial.known_to is null and overall_status = 'TERMINATED') as ended,
        min(start_date) filter (trial.known_to is null and begun and trial.lane = 'registrational') as begun
    from trial_programme
    join trial using (doc)
    left join trial_part on trial_part.doc = trial.doc and trial_part.whole = trial_programme.programme
    left join term as rung on rung.vocabulary = 'rung' and rung.id = trial.rung
    where trial.sponsor_company is not null
    group by trial_programme.product, trial.sponsor_company
), sponsors as (
    select product, company, known_from, doc, given_up, ended, begun, row_number() over (
        partition by product
        order by current desc, registrational desc, furthest desc nulls last, latest desc, company
    ) as rank
    from sponsored
), applicants as (
    select product, company, min(public_from) as known_from, first(doc order by public_from, doc) as doc,
        row_number() over (partition by product order by min(decided_on) nulls last, company) as rank
    from decision
    where position = 0 and product is not null and company is not null
    group by product, company
), heirs as (
    select distinct on (product) product, heir.company, heir.begun as since
    from sponsors as heir join sponsors as foremost using (product)
    where foremost.rank = 1 and foremost.given_up and heir.rank > 1 and first_day(heir.begun) >= foremost.ended
        and product not in (select product from applicants)
    order by product, heir.rank
)
select product, company, since, known_from, doc, 'company' as place, 0 as rank from of_product
union all
select product, company, null, known_from, doc, 'applicant', rank from applicants anti join of_product using (product)
union all
select product, company, since, known_from, doc, 'lead_sponsor_name', 1000 + rank
from sponsors left join heirs using (product, company) anti join of_product using (product)
