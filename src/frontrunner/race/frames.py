"""A race as a table of one row per standing, for programs that work with frames."""

from typing import Any

import msgspec

from frontrunner.race.results import Standing


def rows(standings: list[Standing]) -> list[dict[str, Any]]:
    """One flat dict per standing: ids and names of product and company, date and precision, the lead's parts."""
    return [_row(standing) for standing in standings]


def _row(standing: Standing) -> dict[str, Any]:
    flat = msgspec.structs.asdict(standing)
    product, company, reached, lead = (flat.pop(part) for part in ("product", "company", "reached", "lead"))
    flat.pop("also")
    return flat | {
        "product_id": product.id,
        "product": product.name,
        "company_id": company.id if company else None,
        "company": company.name if company else None,
        "country": company.country if company else None,
        "date": reached.date if reached else None,
        "precision": reached.precision if reached else None,
        "lead_over": lead.over.id if lead else None,
        "lead_at_rung": lead.at_rung if lead else None,
        "lead_months": lead.months if lead else None,
        "lead_low": lead.low if lead else None,
        "lead_high": lead.high if lead else None,
        "ahead_at": lead.ahead_at if lead else None,
        "months_so_far": lead.months_so_far if lead else None,
    }
