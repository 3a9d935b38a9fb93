"""The page for patients: open studies of a disease in plain words, and follow-up of products that were withdrawn."""

from frontrunner import vocab
from frontrunner.deliver.views.recruiting import recruiting_view
from frontrunner.deliver.web.shown import Asked, Shown
from frontrunner.race.answers import OpenTrial

_STATUS = {
    "RECRUITING": "Looking for participants now",
    "NOT_YET_RECRUITING": "Not open yet",
    "ENROLLING_BY_INVITATION": "By invitation only",
    "AVAILABLE": "Treatment available outside a study",
}
_PHASE = {
    "EARLY_PHASE1": "First tests in people",
    "PHASE1": "Tests whether it is safe",
    "PHASE2": "Tests whether it works, in a small group",
    "PHASE3": "Tests against the usual treatment, in a large group",
    "PHASE4": "Watches a treatment that is already approved",
}
_SEX = {"FEMALE": "women only", "MALE": "men only"}
#: studies shown
_SHOWN = 60


def patients(asked: Asked) -> Shown:
    """The open studies of a disease, in one country or anywhere."""
    name, given = asked.needed("indication", "country")
    found = asked.home.recruiting(name, country=given.get("country"), limit=_SHOWN)
    values = {
        "found": found,
        "rows": [(trial, _words(trial)) for trial in found.trials],
        "countries": sorted(term.label for term in vocab.load("country").terms.values()),
        "chosen": found.country or "",
    }
    view = recruiting_view(found)
    return Shown(
        template="patients.html",
        title=view.title,
        values=values,
        view=view,
        snapshot=found.snapshot,
        json="recruiting",
    )


def _words(trial: OpenTrial) -> list[str]:
    """What a study is, for whom, in plain words; nothing is said that the record does not say."""
    ages = [trial.minimum_age and f"from {trial.minimum_age}", trial.maximum_age and f"up to {trial.maximum_age}"]
    return [
        _STATUS.get(trial.status, trial.status),
        *(_PHASE[phase] for phase in trial.phases if phase in _PHASE),
        *(age for age in ages if age),
        *([_SEX[trial.sex]] if trial.sex in _SEX else []),
    ]
