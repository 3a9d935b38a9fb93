"""What a race is likely to end in, and what winning it is worth: pure mathematics on given numbers.

Nothing here reads a home, a source or a clock. Rates and cases are CSV files beside their modules, each row with its
source and whether we read that source ourselves (`verified`). The arrays are numpy's; scipy (the extra `forecast`)
is imported where it is used.

market      a one-time therapy: a backlog and its incidence, depleted by order of entry
order       order-of-entry models for chronic therapies
rates       base rates by method, class and day of publication; shrinkage toward them
hazards     monthly hazards of advancing, stopping and coming back, by rung and time in rung
simulate    races run many times; `quadrature` for independent runners, without chance
score       how good a forecast was
"""
