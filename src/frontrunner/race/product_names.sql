-- Grain: product x name.
select product as subject, value from product_name
