"""What a race is likely to end in, and what winning it is worth: pure mathematics on given numbers.

Nothing here reads a home, a source or a clock. Rates and cases are CSV files beside their modules, each row with its
source and whether we read that source ourselves (`verified`). The arrays are numpy's; scipy (the extra `forecast`)
is imported where it is used.

market      a one-time therapy: a backlog and its incidence, depleted by order of entry (`depletion`, `entry`, `uptake`)
asking      a market as people ask for it; `limits` what an answer cannot know
prevalence  the pool it starts from; `demand` what real demand was; `worth` what a place in it is worth
order       order-of-entry models for chronic therapies
rates       base rates by method, class and day of publication; `phase_years` durations
histories   dated public signs as stays on rungs; `silence` what their absence means
hazards     monthly hazards of advancing, stopping and coming back, by rung and time on it; `effects` of covariates
incidence   how likely the goal is by when, competing ends counted
simulate    races run many times; `quadrature` for independent runners, without chance
durations   how long a trial lasts, from what its registration says; `words` of its text as columns
score       how good a forecast was: of a yes or no, of dates (`score_dates`), of races (`score_races`)
racing      the forecast of one race from facts about its programmes; `classes` what is published about their kind
scorecard   cases of a back-test to its scores
synthetic   a made-up world with known hazards, to try all of this on
"""
