"""`python -m bench.races`: 100,000 simulated races of 20 programmes, in seconds of one core."""

import resource

import numpy as np

from frontrunner.forecast import incidence, synthetic
from frontrunner.forecast.simulate import Runner, simulate

RACES, RUNNERS, YEARS, AIM = 100_000, 20, 10, 2.0


def seconds(correlation: float, failure_rate: float) -> float:
    """CPU seconds (user and system) of one simulation, its curves given."""
    hazards = synthetic.truth()
    reached = incidence.to_goal(hazards, 12 * YEARS)
    rungs = synthetic.LADDER.states
    runners = [
        Runner(
            name=f"runner {at}",
            curves={"US": incidence.goal_curve(reached, hazards, rungs[at % len(rungs)], at)},
            group=f"class {at % 4}",
        )
        for at in range(RUNNERS)
    ]
    before = _spent()
    grid = np.arange(12 * YEARS + 1) / 12.0
    simulate(runners, grid, "US", races=RACES, correlation=correlation, failure_rate=failure_rate)
    return _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print both kinds of race."""
    print(f"{RACES:,} races of {RUNNERS} programmes over {YEARS} years, aim {AIM:g} s of one core")
    for named, given in (("independent runners", (0.0, 0.0)), ("shared factor and class failures", (0.3, 0.01))):
        print(f"{named}: {seconds(*given):.2f} s")


if __name__ == "__main__":
    main()
