"""`python -m bench.searching HOME`: searches alone, of a mix that people type, against a served home.

The mix is drawn from the names that the home holds, each kind as often as the next: whole names, names with a slip of
the keyboard, names half typed, Chinese, trials by id, some words of a title, and races in words. No text is asked twice
in a step that says so, and no answer is kept from an earlier run. Everything stays on this machine and ends by itself.
"""

import argparse
import http.client
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import frontrunner
from bench.report import machine
from bench.serving import Asked, at_once, once, served, spent
from frontrunner.store import snapshot
from frontrunner.store.home import Home

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: kind -> what is typed, one text a row
_NAMES = {
    "names": """select value from (select value from product_name union all select value from company_name
        union all select value from term_name) where value is not null and length(value) between 3 and 60""",
    "Chinese": """select value from (select value from company_name union all select value from product_name
        union all select value from term_name union all select label_zh from term)
        where regexp_matches(value, '^[\\x{4e00}-\\x{9fff}]+$')""",
    "ids": "select trial_id from trial_version where trial_id is not null",
    "titles": "select brief_title from trial_version where brief_title is not null",
    "diseases": """select term.label from programme join term on term.vocabulary = 'indication' and term.id = indication
        group by term.label""",
}
_THERAPIES = ("gene therapy", "CAR-T", "antibody", "vaccine", "cell therapy", "mRNA")
_PLACES = ("", " in China", " in US", " EU", " in Japan")


def mix(path: Path, many: int) -> dict[str, list[str]]:
    """About `many` different texts, by kind; the same for the same home."""
    chosen = random.Random(1)
    held = {kind: _held(path, sql) for kind, sql in _NAMES.items()}
    races = [f"{disease} {kind}{place}" for disease in held["diseases"] for kind in _THERAPIES for place in _PLACES]

    def some(texts: Sequence[str]) -> list[str]:
        return chosen.sample(texts, min(many // 7, len(texts)))

    typed = {
        "names": some(held["names"]),
        "slips": [_slip(chosen, name) for name in some(held["names"])],
        "half typed": [name[: chosen.randint(2, max(3, len(name) - 1))] for name in some(held["names"])],
        "Chinese": some(held["Chinese"]),
        "ids": some(held["ids"]),
        "titles": [_words(chosen, title) for title in some(held["titles"])],
        "races": some(races),
    }
    return {kind: list(dict.fromkeys(text for text in texts if text.strip())) for kind, texts in typed.items()}


def _held(path: Path, sql: str) -> list[str]:
    """The texts of a home, in an order that does not change."""
    with snapshot.connect(Home(path)) as connection:
        rows = connection.execute(f"select distinct value from ({sql}) as t(value) order by 1").fetchall()
    return [str(row[0]) for row in rows]


def _slip(chosen: random.Random, name: str) -> str:
    """One letter left out, doubled, exchanged with the next, or another."""
    at = chosen.randrange(1, max(2, len(name) - 1))
    ways = (
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:] if at < len(name) else name,
        name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
        name[:at] + chosen.choice(_LETTERS) + name[at + 1 :],
    )
    return chosen.choice(ways)


def _words(chosen: random.Random, title: str) -> str:
    """A few words of a title that follow each other."""
    words = title.split()
    many = min(chosen.randint(2, 4), len(words))
    at = chosen.randrange(len(words) - many + 1)
    return " ".join(words[at : at + many])


def addresses(texts: Sequence[str]) -> list[str]:
    """The same as questions to the API."""
    return [f"/api/search?{urlencode({'text': text})}" for text in texts]


def alone(path: Path, texts: Sequence[str]) -> Asked:
    """Each text once in this process, without a server: the CPU of the thread that searches, whatever else runs."""
    home, met = frontrunner.open(path), Asked()
    home.search("warm up")
    for text in texts:
        before = time.thread_time()
        home.search(text)
        met.seconds.append(time.thread_time() - before)
    return met


def typing(port: int, asked: Sequence[str], clients: int, pause: float) -> Asked:
    """Clients who pause between two searches, each asking its own part of `asked`."""
    parts = [asked[number::clients] for number in range(clients)]
    met = Asked()

    def client(number: int) -> None:
        chosen = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for address in parts[number]:
            time.sleep(chosen.uniform(0, 2 * pause))
            met.add(once(port, [address], connection))

    at_once(client, clients)
    return met


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 where a request was lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--texts", type=int, default=2800, help="different texts [default: %(default)s]")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--pause", type=float, default=0.4, help="seconds between two searches of one client")
    chosen = parser.parse_args(arguments)
    typed = mix(chosen.home, chosen.texts)
    parts = {kind: texts[::2] for kind, texts in typed.items()}
    together = [address for texts in typed.values() for address in addresses(texts[1::2])]
    random.Random(2).shuffle(together)
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}\n")
    print("| searched | answers | lost | p50 ms | p95 ms | p99 ms | a second | CPU ms each |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    lost = list[str]()
    cpu = alone(chosen.home, [text for part in parts.values() for text in part])
    print(cpu.line("all kinds, CPU alone, no server", sum(cpu.seconds), sum(cpu.seconds)))
    with served(chosen.home) as (port, process, _):
        once(port, addresses(["warm up"]))
        every = Asked()
        for kind, part in parts.items():
            lost += _row(f"{kind}, 1 client", process, partial(once, port, addresses(part)), every)
        print(every.line("all of these", sum(every.seconds), 0))
        said = f"all kinds, {chosen.clients} clients who pause {chosen.pause} s"
        lost += _row(said, process, partial(typing, port, together, chosen.clients, chosen.pause))
        again = f"the same again, {chosen.clients} clients who do not pause"
        lost += _row(again, process, partial(typing, port, together, chosen.clients, 0))
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")
    print("\n".join(lost[:10]))
    return int(bool(lost))


def _row(name: str, process: int, run: Callable[[], Asked], every: Asked | None = None) -> list[str]:
    """Print the row of a step, and add what it met to `every`; returns what was lost."""
    started, before = time.perf_counter(), spent(process)
    met = run()
    print(met.line(name, time.perf_counter() - started, spent(process) - before), flush=True)
    if every:
        every.add(met)
    return met.lost


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
