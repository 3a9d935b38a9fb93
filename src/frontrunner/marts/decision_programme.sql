-- Grain: decision x programme. dated: its day is the programme's own, because the row is dated by its use or has one use
-- only, or because the product has one in all records where the row names none. Else the day is the licence's: it goes to
-- the product whatever the use (a programme without an indication), and to each use that the row names as undated.
with narrowed as (
    -- an approval stands under a designation: of its label's `leukemia` it is for the leukaemia that was designated
    select own.doc, own.indication as wide, designated.indication
    from regulated_indication as own
    join regulated_indication as designated on designated.doc = own.doc and own.position = 0 and designated.position = 1
    join closure on closure.vocabulary = 'indication' and closure.id = designated.indication
        and closure.ancestor = own.indication and closure.distance > 0
), named as (
    select doc, position, indication from regulated_indication as own
    where position <> 0
        or not exists (from narrowed where narrowed.doc = own.doc and narrowed.wide = own.indication)
    union
    select doc, 0, indication from narrowed
    union
    -- a label without a disease that we know
    select doc, 0, indication from regulated_indication as designated
    where position = 1
        and not exists (from regulated_indication as own where own.doc = designated.doc and own.position = 0)
), uses as (
    select decision.doc, decision.position, decision.product, decision.indication_dated,
        decision.indication is not null as labelled, named.indication,
        count(named.indication) over (partition by decision.doc, decision.position) as many
    from decision
    left join named using (doc, position)
    where decision.product is not null
), curated as (
    select product, indication, programme, bool_and(territory is null) as everywhere
    from programme_claim join version using (doc)
    where known_to is null
    group by all
), of_product as (
    select product, indication from curated
    union
    select product, indication from uses where indication is not null and position = 0
    union
    select product, indication from trial_product semi join uses using (product) join trial using (doc)
        join trial_indication on trial_indication.doc = trial.conditions_doc
    where trial.lane = 'registrational' and not trial_product.follow_up
), considered as (
    -- a product with a label that names no disease known here may have a use beside those known
    select product, indication from of_product
    where product not in (select product from uses where position = 0 and labelled and many = 0)
), lowest as (
    select * from considered
    where not exists (
        from considered as other
        join closure on closure.vocabulary = 'indication' and closure.id = other.indication
        where other.product = considered.product and closure.ancestor = considered.indication
            and other.indication <> considered.indication
    )
), sole as (
    select product, min(indication) as indication from lowest group by product having count(distinct indication) = 1
), about as (
    select doc, position, product, indication, indication_dated or many = 1 as dated from uses where indication is not null
    union all
    select uses.doc, uses.position, uses.product, sole.indication, true
    from uses join sole using (product)
    where many = 0 and not labelled
), offered as (
    select about.*, curated.programme,
        row_number() over (
            partition by about.doc, about.position, about.indication
            order by curated.everywhere desc, above.distance, curated.programme
        ) as choice
    from about
    join closure as above on above.vocabulary = 'indication' and above.id = about.indication
    left join curated on curated.product = about.product and curated.indication = above.ancestor
    qualify choice = 1 or curated.programme is not null
), placed as (
    select distinct on (doc, position, indication) doc, position, product, indication, dated,
        coalesce(
            programme, 'prog:' || replace(product, 'prod:', '') || '/' || term.slug
        ) as programme
    from offered
    join term on term.vocabulary = 'indication' and term.id = offered.indication
    order by doc, position, indication, offered.programme is null, choice
), settled as (
    select doc, position, product, indication, programme, dated and not exists (
            -- a later licence of the substance (a generic one) does not date a use that an earlier one has undated
            from decision as own
            join decision as other on other.product = own.product and other.jurisdiction = own.jurisdiction
                and other.status = own.status and other.decided_on < own.decided_on
            join placed as named on named.doc = other.doc and named.position = other.position
            where own.doc = placed.doc and own.position = placed.position and not own.indication_dated
                and named.programme = placed.programme and not named.dated
        ) as dated
    from placed
)
select * from settled
union all
select distinct doc, position, product, null, 'prog:' || replace(product, 'prod:', ''), true
from uses
where not exists (from settled where settled.doc = uses.doc and settled.position = uses.position and settled.dated)
