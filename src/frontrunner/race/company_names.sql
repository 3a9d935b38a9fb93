-- Grain: company x name.
select company as subject, value from company_name
