-- Grain: one refused document, in the order of its container.
select source, container, place, why from quarantine order by source, container, place, why
