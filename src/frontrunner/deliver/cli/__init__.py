"""The command line. A command's module is imported when it runs, so that `frontrunner --help` costs little."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

import frontrunner as package
from frontrunner.errors import FrontrunnerError, UsageError

#: command -> (the module that holds it under its own name, the line of `frontrunner --help`), in the order of the help
COMMANDS = {
    "demo": ("frontrunner.deliver.demo", "Add the starter ledger, print its race on two dates, write a page."),
    "ingest": ("frontrunner.deliver.cli.ingest", "Read files or folders into the home."),
    "sync": ("frontrunner.deliver.cli.sync", "Fetch from the publishers what changed, and read it."),
    "race": ("frontrunner.deliver.cli.race", "The standings: who leads, for how long, how we know."),
    "changes": ("frontrunner.deliver.cli.changes", "Every change of order between two days, and what made it."),
    "firsts": ("frontrunner.deliver.cli.firsts", "Who was first at each rung and milestone, and by how much."),
    "jurisdictions": ("frontrunner.deliver.cli.jurisdictions", "The same product in CN, US, EU, UK and JP."),
    "readouts": ("frontrunner.deliver.cli.readouts", "Primary outcomes and serious adverse events, side by side."),
    "check": ("frontrunner.deliver.cli.check", "A press claim, in English or Chinese, against the record."),
    "forecast": ("frontrunner.deliver.cli.forecast", "Who will be approved, who first, and when: chances and dates."),
    "backtest": ("frontrunner.deliver.cli.backtest", "Forecasts as of past days against what came: a scorecard."),
    "market": ("frontrunner.deliver.cli.market", "What winning is worth: a one-time therapy's pool, year by year."),
    "trial": ("frontrunner.deliver.cli.trial", "One registered study and how its record changed."),
    "programme": ("frontrunner.deliver.cli.programme", "Everything held on one product in one disease."),
    "company": ("frontrunner.deliver.cli.company", "A company, its names and its programmes."),
    "judge": ("frontrunner.deliver.cli.judge", "Decide which companies are one; export and merge decisions."),
    "resolve": ("frontrunner.deliver.cli.resolve", "What each text of a column names: ids for a whole table."),
    "search": ("frontrunner.deliver.cli.search", "Whatever answers to a name, in either language."),
    "why": ("frontrunner.deliver.cli.why", "From any id of an answer back to the quoted words."),
    "export": ("frontrunner.deliver.export", "Any answer as a file; a zip is a proof pack that verifies offline."),
    "status": ("frontrunner.deliver.cli.status", "What the home holds, source by source."),
    "serve": ("frontrunner.deliver.cli.serve", "Pages for people and an API for programs."),
    "mcp": ("frontrunner.deliver.cli.mcp", "Tools for assistants: the same questions, with quotes."),
    "vocab": ("frontrunner.deliver.cli.vocab", "The words that options take, with their synonyms."),
}


class Said(click.ClickException):
    """An error of ours as one line on stderr, with the exit code of the contract."""

    def show(self, file: Any = None) -> None:
        """Print the line."""
        click.echo(f"frontrunner: {' '.join(self.message.split())}", file=file, err=file is None)


class Misused(Said):
    """A question that cannot be asked so."""

    exit_code = 2


class Interrupted(Said):
    """Ctrl-C, with the code that shells expect."""

    exit_code = 130


class Commands(click.Group):
    """The commands by name; what goes wrong in one of them becomes an exit code here and nowhere else."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module; None for a name that is no command."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command), cmd_name
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest command in the message."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else "see 'frontrunner --help'"
            raise click.UsageError(f"No such command {name!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table above, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run; our errors and Ctrl-C become one line, anything unexpected keeps its traceback."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise Misused(str(error)) from error
        except FrontrunnerError as error:
            raise Said(str(error)) from error
        except (KeyboardInterrupt, RuntimeError) as error:
            if isinstance(error, RuntimeError) and str(error) != "Query interrupted":  # so the database says Ctrl-C
                raise
            raise Interrupted("interrupted; whatever was published before is unharmed") from None


@click.group(
    cls=Commands,
    epilog="Start with 'frontrunner demo'. 'frontrunner COMMAND --help' explains one command, with an example.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--home", metavar="DIR", envvar="FRONTRUNNER_HOME", help="Where the data lives.  [default: ~/.frontrunner]"
)
@click.version_option(package.__version__, prog_name="frontrunner")
@click.pass_context
def frontrunner(ctx: click.Context, home: str | None) -> None:
    """Who leads the race to approval, for whom, since when, and how we know.

    Frontrunner reads trial registries and curated tables, and answers with dated standings of therapies in which every
    cell leads back to its evidence.
    """
    ctx.obj = home


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point: UTF-8 whatever the locale says, then the command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    frontrunner(args=arguments, prog_name="frontrunner")
