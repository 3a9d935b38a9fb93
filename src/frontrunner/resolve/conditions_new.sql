-- Grain: one text that was read, and was not before.
insert into condition_concept by name
from found_texts anti join condition_concept using (text)
