"""Studies of people who had a product before: follow-up, extension, registry, expanded access. Never a rung."""

from functools import lru_cache

from frontrunner.resolve.names import Caseless, may_match

_FOLLOW_UP = Caseless(
    r"long[- ]?term follow[- ]?up|\bLTFU\b|roll[- ]?over|extension (?:study|trial|protocol|phase)|\bregistry\b"
    r"|expanded access|compassionate use|managed access|post[- ]?(?:marketing|authori[sz]ation|approval)"
    r"|follow[- ]?up (?:study|protocol|(?:of|for) (?:study )?(?:patients|participants|subjects))"
    r"|previously (?:participated|received|treated with \w+ in|enrolled)|长期随访|扩展研究",
)
_LONG_TERM = Caseless(
    r"long[- ]?term|years? follow[- ]?up|late effects|surveillance"
    r"|observational study (?:of|in) [-\w ]{3,60} (?:treated with|who (?:have )?received)"
    r"|observation of (?:the )?(?:results?|outcomes?) after"
)
#: words without which neither pattern can match
_FOLLOW_UP_CUES = (
    "follow",
    "ltfu",
    "roll",
    "extension",
    "registry",
    "access",
    "compassionate",
    "post",
    "previously",
    "long",
    "late effects",
    "observation",
    "surveillance",
)


@lru_cache(maxsize=100_000)
def says_follow_up(title: str, living: bool) -> bool:
    """Whether a title is that of a follow-up; `long-term` alone says so for gene and cell products only."""
    if not may_match(title.lower(), _FOLLOW_UP_CUES):
        return False
    return bool(_FOLLOW_UP.search(title) or (living and _LONG_TERM.search(title)))
