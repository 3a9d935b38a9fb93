-- Grain: one of the wanted texts that was read before.
select text, indication, because from condition_concept semi join wanted using (text)
