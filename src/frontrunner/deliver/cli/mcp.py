"""`frontrunner mcp`."""

import click

from frontrunner.deliver.cli import options
from frontrunner.errors import UsageError


@click.command(epilog="Example: frontrunner mcp")
@click.option("--http", is_flag=True, help="Listen for HTTP (streamable) instead of speaking over stdin and stdout.")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where to listen with --http.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="The port with --http.")
@options.home
def mcp(http: bool, host: str, port: int, home: str | None) -> None:
    """Offer the home to an assistant as tools (Model Context Protocol).

    A dozen tools ask what the commands ask: race, firsts, check, why, search, ... Every result carries the quoted words
    behind it and says what is unknown or contested. Needs the extra `mcp`.
    """
    try:
        import asyncio

        from mcp.server.stdio import stdio_server

        from frontrunner.deliver.mcp import server
    except ModuleNotFoundError as error:
        raise UsageError(f"mcp needs {error.name}, which is not installed; install frontrunner[mcp]") from None
    from frontrunner import api
    from frontrunner.deliver.serving import Desk

    made = server(Desk(api.open(home)))

    async def spoken() -> None:
        async with stdio_server() as (heard, said):
            await made.run(heard, said, made.create_initialization_options())

    if not http:
        asyncio.run(spoken())
        return
    import uvicorn

    click.echo(f"Tools at http://{host}:{port}/mcp (Ctrl-C ends it)", err=True)
    uvicorn.run(made.streamable_http_app(host=host), host=host, port=port, log_level="warning", access_log=False)
