-- One company.
select country, kind, parent from company where company = $company
