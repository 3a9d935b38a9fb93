-- One row a trial: its longest line of title, conditions and interventions in any extract, and its long text where
-- one is held. Both as extracted later than the trial began.
with told as (
  select
    nct_id,
    max({'length': length(line), 'line': line}).line as line
  from (
    select nct_id, concat_ws(' ', nullif(title, ''), nullif(conditions, ''), nullif(interventions, '')) as line
    from read_parquet(getvariable('rows'))
  )
  group by nct_id
)
select
  nct_id,
  coalesce(told.line, '') as names,
  coalesce(texts.title, '') as title,
  coalesce(texts.body, '') as body
from told
full join read_parquet(getvariable('texts')) as texts using (nct_id)
