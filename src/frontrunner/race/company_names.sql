-- Grain: company x name. proper: a proper noun, which is written with a capital.
select company as subject, value, true as proper from company_name
