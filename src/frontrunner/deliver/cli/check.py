"""`frontrunner check`."""

import click

from frontrunner.deliver.cli import options


@click.command(
    epilog="Example: frontrunner check 'Hemgenix was the first gene therapy for hemophilia B approved in the US'"
)
@click.argument("claim", metavar="CLAIM")
@options.clock
@options.form
@options.home
def check(claim: str, on: str | None, clock: str, form: str, home: str | None) -> None:
    """Hold a press claim against the record.

    CLAIM is a sentence in English or Chinese that says first, second, only or leading, a step such as approved or IND
    cleared, and a disease, a kind of therapy or a target; a place, an origin and a product or company as it likes.

    The answer is supported, contradicted by these sources, contested (by a tie, by dates, or by scope, where narrower
    and wider readings disagree), cannot be known, or not understood with the words that were not. No claim is ever
    called false: other sources may know what these do not.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.check import check_view

    show(api.open(home).check(claim, on=on, clock=clock), check_view, form)
