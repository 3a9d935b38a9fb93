"""The table of medicines as the EMA offers it for download, generated anew twice a day at the same address."""

from datetime import date

from frontrunner.model import Ask, Feed, Steps, Tally

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _steps(since: date | None) -> Steps:
    """One download."""
    yield Ask(
        url="https://www.ema.europa.eu/en/documents/report/medicines-output-medicines-report_en.xlsx",
        types=(_XLSX, "application/octet-stream"),
        name="medicines-output-medicines-report_en.xlsx",
        page=True,
        conditional=True,
    )
    return Tally()


FEED = Feed(
    hosts=("www.ema.europa.eu",),
    terms="https://www.ema.europa.eu/en/about-us/about-website/legal-notice",
    steps=_steps,
    whole=True,
    pause=5.0,
)
