-- Grain: company x name, with its owner.
select company as id, company_name.value, company.name as label, company.parent
from company_name join company using (company)
order by all
