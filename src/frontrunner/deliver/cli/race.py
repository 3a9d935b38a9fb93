"""`frontrunner race`."""

import click

from frontrunner.deliver.cli import options


@click.command(
    epilog="Example: frontrunner race 'hemophilia B' --modality gene_therapy --in CN --on 2022-01-12 --clock then"
)
@options.arena
@options.clock
@options.form
@options.home
def race(
    indication: str | None,
    modality: str | None,
    target: str | None,
    jurisdiction: str | None,
    origin: str | None,
    lane: str,
    on: str | None,
    clock: str,
    form: str,
    home: str | None,
) -> None:
    """Rank the programmes of an arena by the furthest rung each has reached.

    INDICATION is a disease by any of its names, in English or Chinese, or its MONDO id. At least one of INDICATION,
    --modality and --target is needed; a phrase that names them, 'hemophilia B gene therapy in China', stands for all
    of them. Every row ends in the id of its evidence: 'frontrunner why ID' quotes it.

    A terminal too narrow for all columns does without these, in this order: evidence, also called, vector/target,
    next, status, lead, company, activity.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.race import race_view

    result = api.open(home).race(
        indication,
        modality=modality,
        target=target,
        jurisdiction=jurisdiction,
        origin=origin,
        lane=lane,
        on=on,
        clock=clock,
    )
    show(result, race_view, form)
