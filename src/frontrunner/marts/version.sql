-- Grain: one version of one record, in force on [known_from, known_to).
select * from derived_version()
