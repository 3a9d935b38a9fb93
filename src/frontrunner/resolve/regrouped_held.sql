-- Grain: one trial id of a group that is joined anew and that a record or a curated row is about.
select id from held_now where regexp_replace(id, $form, '\1') in (from regrouped)
order by id
