"""`frontrunner serve`: where the pages, the API and the command line meet."""

import click

from frontrunner.deliver.cli import options
from frontrunner.errors import UsageError

#: connections at a time, and seconds that an idle one stays
_CONNECTIONS, _IDLE = 200, 15


@click.command(epilog="Example: frontrunner serve --port 8000")
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where to listen: this machine alone."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port.")
@click.option("--report-to", metavar="URL", help="Where readers report errors.  [default: a page that says how]")
@options.home
def serve(host: str, port: int, report_to: str | None, home: str | None) -> None:
    """Serve the home as pages for people (/) and as an API for programs (/api), until Ctrl-C.

    Pages are in English and Chinese and need no script. Each new snapshot is served from the next request on. There
    are no accounts: whoever reaches the address reads everything, nobody can write. Before the world, put a proxy
    that speaks TLS in front (docs/how-to/serve.md). Needs the extra `web`.
    """
    try:
        import uvicorn
        from fastapi import FastAPI

        from frontrunner.deliver import rest, web
    except ModuleNotFoundError as error:
        raise UsageError(f"serve needs {error.name}, which is not installed; install frontrunner[web]") from None
    from frontrunner import api
    from frontrunner.deliver.serving import Desk, Front

    if report_to and not report_to.startswith(("https://", "http://", "mailto:")):
        raise UsageError("--report-to: an address that begins with https://, http:// or mailto:")
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    desk = Desk(api.open(home))
    rest.add_to(app, desk)
    web.add_to(app, desk, report_to)
    if host not in ("127.0.0.1", "::1", "localhost"):
        click.echo(f"frontrunner: {host} can be reached from other machines, and there are no accounts", err=True)
    if old := desk.outdated():
        click.echo(
            f"frontrunner: snapshot {old} was built by another version; what it does not hold is answered with 503 "
            f"until 'frontrunner ingest --home {desk.handle.path}' has built it anew",
            err=True,
        )
    click.echo(f"Serving {desk.handle.path} at http://{host}:{port}/ (Ctrl-C ends it)", err=True)
    # no access log: what people ask is theirs
    uvicorn.run(
        Front(app, desk),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_IDLE,
    )
