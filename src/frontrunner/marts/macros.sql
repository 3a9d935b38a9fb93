-- Partial dates are ISO prefixes: the first and the last day they can mean.
create or replace macro first_day(text) as (text || '-01-01')[1:10]::date;
create or replace macro last_day_of(text) as
    case length(text)
        when 10 then text::date
        when 7 then last_day((text || '-01')::date)
        when 4 then (text || '-12-31')::date
    end;
create or replace macro precision_of(text) as
    case length(text) when 10 then 'day' when 7 then 'month' when 4 then 'year' end;

-- Registry phases as a rung of the ladder: a 1/2/3 label counts as its lowest part, NA as phase 1 (implied), phase 4 as none.
create or replace macro rung_of(phases) as case
    when list_contains(phases, 'PHASE1') and list_contains(phases, 'PHASE3') then 'phase_1'
    when list_contains(phases, 'PHASE3') then 'pivotal'
    when list_contains(phases, 'PHASE1') and list_contains(phases, 'PHASE2') then 'phase_1_2'
    when list_contains(phases, 'PHASE2') then 'phase_2'
    when list_has_any(phases, ['PHASE1', 'EARLY_PHASE1', 'NA']) then 'phase_1'
end;
