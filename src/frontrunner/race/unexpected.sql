-- Grain: one thing that the records of a source are not as its publisher's should be.
select source, what from unexpected order by source, what
