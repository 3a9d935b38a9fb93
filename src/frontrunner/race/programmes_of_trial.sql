-- The programmes that any version of a trial belongs to.
select distinct programme from trial_programme join trial using (doc) where trial_id = $trial order by programme
