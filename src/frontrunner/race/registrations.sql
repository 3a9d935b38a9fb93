-- Grain: one id of the trial that the asked id is of, with the document that ties it to the others.
select registration.id, registration.registry, registration.trial, registration.held, registration.declared_by,
    document.doc, document.source, document.media_type
from registration join document using (doc)
where registration.trial = (select trial from registration where id = $trial)
order by not registration.held, registration.id
