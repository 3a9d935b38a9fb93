-- Grain: product x name that may stand in a sentence: not what only a record calls an intervention in plain words.
-- proper: a proper noun, which is written with a capital.
select product as subject, value, kind = 'brand' as proper from product_name where kind <> 'plain' or curated
