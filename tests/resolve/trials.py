"""Trials for the tests, from the few facts that the resolvers read."""

from frontrunner.model import Arm, Intervention, Trial


def trial(
    title: str = "",
    *given: tuple[str, str] | tuple[str, str, list[str]],
    conditions: tuple[str, ...] = (),
    keywords: tuple[str, ...] = (),
    arms: tuple[tuple[str, list[str]], ...] = (),
    official_title: str | None = None,
    study_type: str = "INTERVENTIONAL",
) -> Trial:
    """`given` are (type, name) or (type, name, other names); `arms` are (type, intervention names)."""
    return Trial(
        trial_id="NCT90000001",
        brief_title=title or None,
        official_title=official_title,
        conditions=list(conditions),
        keywords=list(keywords),
        study_type=study_type,
        interventions=[
            Intervention(type=one[0], name=one[1], other_names=list(one[2]) if len(one) > 2 else []) for one in given
        ],
        arm_groups=[Arm(type=kind, intervention_names=names) for kind, names in arms],
    )
