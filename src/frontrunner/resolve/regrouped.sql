-- Grain: one id of a group in which something is declared, or held, that was not, or no longer.
with recursive declared as (
    select trial_id, said from (from declared_now except from declared_id)
    union
    select trial_id, said from (from declared_id except from declared_now)
), held as (
    select id from (from held_now except from declared_held)
    union
    select id from (from declared_held except from held_now)
), regrouped as (
    select node from declared_node semi join declared using (trial_id, said)
    union
    select regexp_replace(id, $form, '\1') from held
    union
    select other.node
    from regrouped
    join declared_node as one using (node)
    join declared_node as other on other.trial_id = one.trial_id and other.said = one.said
)
from regrouped
