"""What the rows of curated tables say, each with its own citation."""

import msgspec


class Cited(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What every row of a curated table says beside its fact: who said so and since when it could be read.

    `citation` names the source (a page, a table, `memory`); `authority` is its rank (vocabulary `authority`);
    `known_on` is the first day the public could read it, with its basis; `verified` false marks a row that rests
    on memory or on a source we could not read.
    """

    citation: str
    authority: str
    known_on: str
    known_basis: str
    verified: bool = True
    note: str | None = None


class CompanyClaim(Cited, frozen=True, kw_only=True):
    """An organisation exists. `company` is its id (`org:...`), `name` its usual English name."""

    company: str
    name: str
    kind: str
    country: str | None = None
    parent: str | None = None


class ProductClaim(Cited, frozen=True, kw_only=True):
    """A therapeutic candidate exists: id (`prod:...`), modality, vector, target and origin as vocabulary ids.

    A product of several targets has them in one text, separated by `|`.
    """

    product: str
    name: str
    modality: str | None = None
    vector: str | None = None
    target: str | None = None
    origin: str | None = None
    originator: str | None = None


class NameClaim(Cited, frozen=True, kw_only=True, rename="camel"):
    """`subject` (a company or product id) is called `value`. `kind`: short, legal, former, code, inn, brand, ..."""

    subject: str
    value: str
    kind: str
    lang: str
    valid_from: str | None = None
    valid_to: str | None = None


class ProgrammeClaim(Cited, frozen=True, kw_only=True, rename="camel"):
    """`company` has `role` in a programme (`prog:...` = product x indication x developer) from a day on.

    One row per company and role; the developer on a day is the last `developer` row that began by then.
    `territory` is a jurisdiction id or null for the world.
    """

    programme: str
    product: str
    indication: str
    company: str
    role: str
    territory: str | None = None
    valid_from: str | None = None


class MilestoneClaim(Cited, frozen=True, kw_only=True, rename="camel"):
    """Something dated that happened to a programme.

    `fact` is the key of the thing itself: two rows with one `fact` are two statements about it, and contest each
    other where their dates exclude one another. `rung` is the rung reached, if any; `kind` qualifies an approval
    (full, conditional, accelerated, ...); `jurisdiction` may be `GLOBAL` (counts for no single one); `lane` is
    `registrational` or `iit`; `trials` are registry ids.
    """

    fact: str
    programme: str
    event: str
    jurisdiction: str
    happened_on: str
    rung: str | None = None
    kind: str | None = None
    lane: str = "registrational"
    trials: list[str] = []


class TrialClaim(Cited, frozen=True, kw_only=True, rename="camel"):
    """A registered trial belongs to a programme; what else is known of it without its record."""

    trial_id: str
    programme: str
    lane: str
    phase: str | None = None
    start_date: str | None = None
    start_date_type: str | None = None
    countries: list[str] = []
    sponsor: str | None = None


class DealClaim(Cited, frozen=True, kw_only=True, rename="camel"):
    """`giver` gave `taker` rights, or itself, on a day; `deal` is its key.

    `event` is licence_deal, acquisition, divestiture or financing. `jurisdiction` is where the rights hold, null for
    the world. `upfront` and `total` (with all that may fall due later) are in units of the `currency` (ISO 4217).
    """

    deal: str
    event: str
    giver: str
    taker: str
    happened_on: str
    product: str | None = None
    programme: str | None = None
    jurisdiction: str | None = None
    upfront: float | None = None
    total: float | None = None
    currency: str | None = None


class PriceClaim(Cited, frozen=True, kw_only=True, rename="camel"):
    """A product costs `price` (units of `currency`, ISO 4217) in a jurisdiction from a day on.

    `basis` is list, net or reimbursed; `per` is treatment, year, dose or pack.
    """

    product: str
    jurisdiction: str
    price: float
    currency: str
    basis: str
    per: str
    valid_from: str
    valid_to: str | None = None
