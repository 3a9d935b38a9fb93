"""The names of the product in the sentence that refers to its submission."""

import re

from frontrunner.model import Called

#: after the law that the application is made under stands what it is made for
_FOR = re.compile(
    r"(?:\bAct\b|\bFDCA\)|\bFD&C Act\)|\bPHS Act\)|\(FDCA\)|drug application|license application)[^.]*?,? for"
    r"(?: the following drug product)?:?\s+(?P<product>.{2,200}?)(?:\.\s|\.?\Z)"
)
_BRACKETED = re.compile(r"(?P<first>[^(\[]*?)\s*[(\[](?P<second>[^)\]]+)[)\]]")
_CODE = re.compile(r"(?=.*\d)[A-Z][A-Za-z]{0,5}[- ]?[A-Z0-9][A-Z0-9-]*\d*[A-Z]?", re.ASCII)
#: where the name ends and the form, the way or the strength begins
_FORM = re.compile(
    r"(?:\s|^)(?:for|in|by|via|oral|nasal|topical|ophthalmic|vaginal|sublingual|subcutaneous|intravenous|intravitreal|"
    r"inhalation|transdermal|extended|modified|delayed|immediate|sustained|lyophilized|injectable|injections?|tablets?|"
    r"capsules?|powder|lotion|cream|gel|ointment|patch|films?|inserts?|ring|solution|suspension|spray|kit|implants?|"
    r"chewable|single|delivery|drug-device|aerosol|collagen-matrix|concentrate|\d[\d.,/]*\s?(?:mg|mcg|g|iu|units?|"
    r"grams?|%))(?:\b|(?<=%)).*",
    re.IGNORECASE | re.DOTALL,
)
_QUOTES = re.compile(r"[“”\"®™]")


def names(submission: str) -> list[Called]:
    """`... Act for Eylea HD (aflibercept) Injection` as Eylea HD (brand) and aflibercept; none where it names none."""
    match = _FOR.search(submission)
    if match is None:
        return []
    phrase = " ".join(_QUOTES.sub("", match["product"]).split())
    bracketed = _BRACKETED.match(phrase)
    if bracketed is None:
        return _called(_bare(phrase.partition(",")[0]), "variant")
    return [*_called(_bare(bracketed["first"]), "brand"), *_inside(bracketed["second"])]


def _inside(brackets: str) -> list[Called]:
    """`sufentanil sublingual tablet`, `ARS-1, epinephrine nasal spray`; several substances are one combination."""
    parts = [_bare(part) for part in brackets.split(",") if part.strip() not in ("USP", "NF")]
    found = [name for part in parts for name in _called(part, "inn")]
    plain = [name for name in found if name.kind == "inn"]
    return found if len(plain) < 2 else [Called(brackets.strip(), "variant")]


def _bare(text: str) -> str:
    """Without form, way and strength, unless nothing is left."""
    return _FORM.sub("", text.strip()).strip(" ,;-–—:")


def _called(name: str, kind: str) -> list[Called]:
    if len(name) < 3:
        return []
    return [Called(name, "code" if _CODE.fullmatch(name) else kind)]
