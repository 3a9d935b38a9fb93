-- The programmes of one product.
select programme from programme where product = $product order by programme
