-- Grain: name key x product, of everything that the home knows by name.
select key, product from product_key
