-- Grain: one row: the last run or the one asked for, and a sum over all that was sighted until then, by which another
-- ledger with as many runs is told apart.
select upto, (select coalesce(bit_xor(hash(doc, source, key, known_on, run)), 0) from sighting where run <= upto) as sighted
from (select coalesce($runs, max(run), 0) as upto from run)
