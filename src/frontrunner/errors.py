"""Every error that a user can meet, in one tree.

FrontrunnerError            one line: what, where, what to do
├── UsageError              the question cannot be asked so (exit code 2)
│   ├── UnknownName         a name that nothing in the home answers to; carries the nearest candidates
│   ├── AmbiguousName       a name that several things answer to; carries them
│   └── UnknownOption       an option value outside its vocabulary; carries the allowed list
├── HomeError               the home cannot be opened
│   ├── NoSnapshot          nothing has been published there yet
│   └── HomeLocked          another process is writing; says which
├── UnreadableInput         a container that cannot be read on (truncated, a bomb, refused, of no known form)
├── FetchFailed             a publisher could not be asked, or did not answer; the next sync takes the visit up again
│   └── BadAnswer           a publisher answered something else than it promises; the next sync begins anew
└── BadRecord               one record does not say what its format promises; it is quarantined, never raised to a user
"""

from collections.abc import Sequence


class FrontrunnerError(Exception):
    """The root: `except FrontrunnerError` catches whatever a user can mend."""


class UsageError(FrontrunnerError):
    """A question that cannot be asked so; the command line ends with exit code 2."""


class UnknownName(UsageError):
    """`name` answers to nothing of that `kind`; `candidates` are the nearest names, best first."""

    def __init__(self, kind: str, name: str, candidates: Sequence[str] = ()) -> None:
        self.kind, self.name, self.candidates = kind, name, list(candidates)
        hint = f"; did you mean {', '.join(self.candidates)}?" if self.candidates else ""
        said = f"{kind} {name!r} is not known" if kind.startswith("--") else f"no {kind} is called {name!r}"
        super().__init__(said + hint)


class AmbiguousName(UsageError):
    """`name` answers to several things of that `kind`: `candidates` (id and label of each)."""

    def __init__(self, kind: str, name: str, candidates: Sequence[str]) -> None:
        self.kind, self.name, self.candidates = kind, name, list(candidates)
        super().__init__(f"{name!r} is more than one {kind}: {', '.join(self.candidates)}")


class UnknownOption(UsageError):
    """`value` is not one of the `allowed` values of `option`."""

    def __init__(self, option: str, value: str, allowed: Sequence[str]) -> None:
        self.option, self.value, self.allowed = option, value, list(allowed)
        super().__init__(f"{option} cannot be {value!r}; it is one of {', '.join(self.allowed)}")


class HomeError(FrontrunnerError):
    """The home cannot be opened."""


class NoSnapshot(HomeError):
    """Nothing has been published in this home."""


class HomeLocked(HomeError):
    """Another process is writing this home."""


class TookTooLong(FrontrunnerError):
    """A question was ended after the time allowed for it."""


class UnreadableInput(FrontrunnerError):
    """A container that cannot be read on: `where` names the file, member or line."""

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"{where}: {why}")


class FetchFailed(FrontrunnerError):
    """A publisher could not be asked, or did not answer: `where` is the address."""

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"{where}: {why}")


class BadAnswer(FetchFailed):
    """A publisher answered something else than it promises: another type, layout or number of records."""


class BadRecord(FrontrunnerError):
    """One record breaks its format: `place` is the exact path inside it (a JSON pointer, a column)."""

    def __init__(self, place: str, why: str) -> None:
        self.place, self.why = place, why
        super().__init__(f"{place}: {why}")
