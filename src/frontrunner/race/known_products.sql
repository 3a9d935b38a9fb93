-- Grain: product x name. The label is the nonproprietary name where there is one, else the oldest name.
select product as id, value,
    first_value(value) over (partition by product order by kind = 'inn' and lang = 'en' desc, curated desc, known_from, value) as label,
    null as parent
from product_name
order by all
