"""What an ICTRP record says in free text that each register builds in its own way: conditions, interventions, arms."""

import re

from frontrunner.model import Arm, Intervention, Outcome
from frontrunner.reading.registry import Values, arms

US, CHINA, EU = "ClinicalTrials.gov", "ChiCTR", "EU Clinical Trials Register"

_BREAK = re.compile(r"\s*<br ?/?>\s*")
_TYPED = re.compile(r"([A-Z][A-Za-z ]+): ?(.+)", re.DOTALL)
#: where the condition of a European record ends and its coding begins
_CODING = re.compile(r"\s*(?:<br>\s*MedDRA|;?\s*Therapeutic area:)")
_NAMES = {"Product Name": 0, "Trade Name": 1, "INN or Proposed INN": 2, "Other descriptive name": 3, "Product Code": 4}


def conditions(words: str | None, register: str) -> list[str]:
    """The conditions, each once."""
    if words is None:
        return []
    if register == CHINA:
        return [words]
    if register == EU:
        words = _CODING.split(words)[0]
    return list(dict.fromkeys(part.strip() for part in re.split(r";|<br>", words) if part.strip()))


def outcomes(words: str | None, register: str) -> list[Outcome]:
    """The measures; a register that does not separate them has one, as it stands."""
    if words is None:
        return []
    parts = words.split(";") if register in (US, CHINA) else [_BREAK.sub(" ", words)]
    return [Outcome(part.strip()) for part in parts if part.strip()]


def given(words: str | None, register: str, values: Values) -> tuple[list[Intervention], list[Arm]]:
    """The interventions and, of a register that gives them by group, the groups."""
    if words is None:
        return [], []
    if register == US:
        return _typed(words, values), []
    if register == CHINA:
        return _by_group(words, values)
    if register == EU:
        return _products(words), []
    return [Intervention(_BREAK.sub(" ", words).strip())], []


def _typed(words: str, values: Values) -> list[Intervention]:
    """`Drug: A;Drug: B`; a part without a type belongs to the name before it."""
    found: list[tuple[str, str | None]] = []
    for part in words.split(";"):
        match = _TYPED.fullmatch(part.strip())
        kind = values.get("interventionType", match[1]) if match else None
        if match and kind:
            found.append((match[2].strip(), kind))
        elif found:
            found[-1] = (f"{found[-1][0]};{part}", found[-1][1])
        elif part.strip():
            found.append((part.strip(), None))
    return [Intervention(name, kind) for name, kind in found]


def _by_group(words: str, values: Values) -> tuple[list[Intervention], list[Arm]]:
    groups = arms(words, values)
    names = dict.fromkeys(name for group in groups for name in group.intervention_names)
    return [Intervention(name) for name in names], groups


def _products(words: str) -> list[Intervention]:
    """`<br>Product Name: A<br>INN or Proposed INN: B<br><br>...`: a product is called by the first of its names."""
    found = []
    for block in re.split(r"<br>\s*<br>", words):
        lines = [line.partition(":") for line in _BREAK.split(block)]
        ranked = sorted((_NAMES[label.strip()], name.strip()) for label, _, name in lines if label.strip() in _NAMES)
        names = list(dict.fromkeys(name for _, name in ranked if name))
        if names:
            found.append(Intervention(names[0], None, names[1:]))
    return found
