-- Grain: trial version x programme of a name alone (`programme`), as the public knew it until a later record joined that
-- name's product with another; whole: the programme that it is in since.
with late as (
    select doc, position, product, min(part) as part, min(until) as until
    from tested_name join product_key using (key)
    where until is not null
    group by doc, position, product
), alone as (
    select late.* from late
    anti join (
        select doc, position, product
        from tested_name semi join late using (doc, position) join product_key using (key)
        where until is null
    ) as joined using (doc, position, product)
)
select distinct on (trial.doc, trial_programme.programme, alone.part)
    trial.doc, trial_programme.programme as whole, 'prog:' || replace(part, 'prod:', '') || '/' || term.slug as programme,
    alone.part, trial_programme.product, trial_programme.indication, until
from alone
join trial on trial.interventions_doc = alone.doc
join trial_programme on trial_programme.doc = trial.doc and trial_programme.product = alone.product
join term on term.vocabulary = 'indication' and term.id = trial_programme.indication
where until > trial.known_from
order by trial.doc, trial_programme.programme, alone.part, until
