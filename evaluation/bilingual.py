"""Chinese and English names of one company: sourced pairs (`gold/company_names.csv`, exchange listings), crossed.

Each English name is compared with every Chinese one, as sources write it, in traditional characters and as two legal
names; two names are one when they resolve to one id without a home. Look-alikes are pairs that never are.

labels/bilingual.csv holds sponsors drawn from the registries' records of trials in China (those whose Chinese name we
know, in the order of a hash), each with a Chinese name of the same firm or of another, and why. The halves are split
by a hash of the English name; rules and aliases were written with the first in view, the second was only scored.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from evaluation._labelled import labels
from frontrunner.race.known import layers
from frontrunner.resolve.column import resolver
from frontrunner.resolve.names import rules
from frontrunner.store.home import Home

#: firms that differ by a character, a place or an owner
LOOK_ALIKES = (
    ("科济药业", "科济基因"),
    ("CARsgen", "科济基因"),
    ("中国生物制药", "中国中药"),
    ("中国生物制药", "中国抗体"),
    ("上海医药", "复星医药"),
    ("药明康德", "药明生物"),
    ("药明康德", "药明巨诺"),
    ("药明生物", "药明合联"),
    ("Fosun Pharma", "复星凯特"),
    ("Kite Pharma", "复星凯特"),
    ("Merck KGaA", "默沙东"),
    ("同仁堂科技", "同仁堂国药"),
    ("康方生物", "康诺亚"),
    ("北京例子医药有限公司", "上海例子医药有限公司"),
    ("江苏恒瑞医药股份有限公司", "江苏豪森药业集团有限公司"),
)
#: names of one firm that no pair ties together: its legal name, and before and after it was renamed
ONE_FIRM = (
    ("Fosun Kite", "Fosun Kairos"),
    ("Fosun Kite", "Fosun Kite Biotechnology Co., Ltd."),
    ("Fosun Kite", "Fosun Kairos (Shanghai) Biological Technology Co., Ltd."),
    ("Fosun Pharma", "Shanghai Fosun Pharmaceutical (Group) Co., Ltd."),
    ("Belief BioMed", "Belief BioMed Group"),
    ("Neurophth", "Neurophth Biotechnology Ltd"),
    ("GeneCradle", "Beijing GeneCradle Technology Co., Ltd."),
    ("Exegenesis Bio", "Hangzhou Jiayin (Exegenesis Bio)"),
    ("Hengrui", "Jiangsu Hengrui Pharmaceuticals Co., Ltd."),
)
_TRADITIONAL = str.maketrans({row["simplified"]: row["traditional"] for row in rules("traditional")})


class Pair(NamedTuple):
    """An English and a Chinese name, and whether they are of one company."""

    english: str
    chinese: str
    same: bool


def sourced(data: Path) -> list[tuple[str, str]]:
    """(English, Chinese) as sources pair them; not what is unverified, of products, or said never to be accepted."""
    with (data / "gold" / "company_names.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["name_zh"] and not row["name_zh"].isascii()]
    refused = ("product", "never", "NOT verified", "missing", "transliteration")
    pairs = [(row["name_en"], row["name_zh"]) for row in rows if not any(word in row["kind"] for word in refused)]
    with (data / "names" / "cn_listed_company_aliases.tsv").open(encoding="utf-8", newline="") as lines:
        pairs += [(row["name_en"], row["name_zh"]) for row in csv.DictReader(lines, delimiter="\t")]
    return list(dict.fromkeys(pairs))


def spellings(chinese: str) -> Iterator[str]:
    """A Chinese name as sources write it, and three ways in which registries do."""
    yield chinese
    yield chinese.translate(_TRADITIONAL)
    if not chinese.endswith("公司"):
        yield f"{chinese}股份有限公司"
        yield f"{chinese}(集团)有限公司"


def _ids(empty: Path) -> Callable[[str], str | None]:
    resolve = resolver("company", *layers(Home(empty), "company"))
    return lambda name: resolve(name).id


def _groups(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Each name -> the first name of those that the pairs, one after another, tie together."""
    group: dict[str, str] = {}
    for one, other in (*pairs, *ONE_FIRM):
        first, second = group.setdefault(one, one), group.setdefault(other, other)
        group.update({name: first for name, of in group.items() if of == second})
    return group


def score(data: Path) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """Right joins, missed ones and wrong ones, over all sourced pairs and their crossings, and the look-alikes."""
    id_of = _ids(data / "no home here")
    pairs = sourced(data)
    company = {name: id_of(name) for pair in pairs for name in pair}
    right, missed, wrong = list[Pair](), list[Pair](), list[Pair]()
    for english, chinese in pairs:
        for spelt in spellings(chinese):
            found = id_of(spelt) == company[english] is not None
            (right if found else missed).append(Pair(english, spelt, True))
    groups = _groups(pairs)
    wrong += [
        Pair(english, chinese, False)
        for english in dict.fromkeys(english for english, _ in pairs)
        for chinese in dict.fromkeys(chinese for _, chinese in pairs)
        if groups[english] != groups[chinese] and company[english] == company[chinese] is not None
    ]
    wrong += [Pair(a, b, False) for a, b in LOOK_ALIKES if id_of(a) == id_of(b)]
    return right, missed, wrong


def drawn(data: Path) -> dict[str, tuple[list[Pair], list[Pair], list[Pair]]]:
    """Right joins, missed ones and wrong ones among the pairs drawn from registries, by half."""
    id_of = _ids(data / "no home here")
    found: dict[str, tuple[list[Pair], list[Pair], list[Pair]]] = {half: ([], [], []) for half in ("dev", "test")}
    for row in labels("bilingual"):
        pair = Pair(row["english"], row["chinese"], row["same"] == "yes")
        joined = id_of(pair.english) == id_of(pair.chinese) is not None
        right, missed, wrong = found[row["split"]]
        if pair.same:
            (right if joined else missed).append(pair)
        elif joined:
            wrong.append(pair)
    return found


def run(data: Path) -> None:
    """The counts, and every pair that was missed or wrongly joined."""
    right, missed, wrong = score(data)
    recall, precision = len(right) / (len(right) + len(missed)), len(right) / (len(right) + len(wrong))
    print(f"| pairs | recall | precision | wrong |\n|---|---|---|---|\n| {len(right) + len(missed)} ", end="")
    print(f"| {recall:.3f} | {precision:.3f} | {len(wrong)} |\n")
    _print(missed, wrong)
    print("\n## Sponsors drawn from registries\n\n| half | pairs of one firm | found | wrong |\n|---|---|---|---|")
    by_half = drawn(data)
    for half, (right, missed, wrong) in by_half.items():
        print(f"| {half} | {len(right) + len(missed)} | {len(right)} | {len(wrong)} |")
    print()
    _print(by_half["dev"][1], by_half["dev"][2])


def _print(missed: list[Pair], wrong: list[Pair]) -> None:
    for title, pairs in (("Missed", missed), ("Wrong", wrong)):
        print(f"{title}: {'; '.join(f'{pair.english} = {pair.chinese}' for pair in pairs) or 'none'}")
