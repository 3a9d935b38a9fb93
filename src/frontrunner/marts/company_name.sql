-- Grain: company x name, with the days from and to which it was in use (null: open) and since when that was known: not
-- before the judgement that joined its company with this one. mentions: how many records spell it so (curated: 0).
select coalesce(same, subject) as company, value, kind, lang, valid_from, valid_to,
    greatest(known_from, joined_on::date) as known_from, 0 as mentions
from name_claim join version using (doc) left join same_company on id = subject
where starts_with(subject, 'org:') and known_to is null
union all
select coalesce(same, company), name, if(same is null, 'short', 'variant'), 'en', null, null,
    greatest(known_from, joined_on::date), 0
from company_claim join version using (doc) left join same_company on id = company
where known_to is null
union all
select sponsor.company, sponsor.name, 'variant', 'en', null, null, min(trial.known_from), count(*)
from sponsor join trial on trial.lead_sponsor_name = sponsor.name
where not exists (from company_claim where company_claim.company = sponsor.company and company_claim.name = sponsor.name)
group by all
union all
select company, applicant, 'variant', 'en', null, null, min(public_from), count(*)
from decision
where company is not null
    and not exists (from company_claim where company_claim.company = decision.company and company_claim.name = applicant)
group by all
