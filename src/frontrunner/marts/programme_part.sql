-- Grain: one programme of a name alone. It has numbers below nought, so that no question by today's knowledge meets it;
-- whole: the product that it is now.
select programme, part as product, any_value(trial_part.product order by trial_part.product) as whole,
    min(indication) as indication, arg_min(sponsor_company, {since: known_from, company: sponsor_company}) as company,
    -(row_number() over (order by programme, part))::integer as number
from trial_part join trial using (doc)
group by programme, part
