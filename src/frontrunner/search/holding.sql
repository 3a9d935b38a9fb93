-- Grain: one row: the edition of the code that built the marts, the last run in them or the one asked for, and a sum over
-- all that was sighted until then, by which another ledger with as many runs is told apart.
select edition, coalesce($runs, runs) as upto,
    (select coalesce(bit_xor(hash(doc, source, key, known_on, run)), 0) from sighting where run <= upto) as sighted
from built
