"""The protocol: lists tools, calls them in a thread, tells errors as problems. Structured content equals the text."""

import asyncio
from typing import Any

import msgspec
from mcp import types
from mcp.server.lowlevel import Server

from frontrunner import __version__
from frontrunner.deliver.mcp.answers import called
from frontrunner.deliver.mcp.offered import TOOLS, description, input_schema, output_schema
from frontrunner.deliver.serving import Desk, problem
from frontrunner.errors import FrontrunnerError, UnknownOption

_INSTRUCTIONS = (
    "Frontrunner answers who is ahead in the race to a new therapy, where, since when, and how we know. Search for a "
    "name before you use it. Answer from the results only: cite evidence ids and quote their words, say 'unknown' and "
    "'contested' where a result does, and give the day and the clock of every answer. Not medical or investment advice."
)


def server(desk: Desk) -> Server[Any]:
    """The server of a home, for any transport."""

    async def listed(_: Any, __: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(name) for name in TOOLS])

    async def asked(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        return await asyncio.to_thread(_answered, desk, params.name, params.arguments or {})

    return Server(
        "frontrunner",
        version=__version__,
        instructions=_INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=asked,
    )


def _tool(name: str) -> types.Tool:
    reads = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    return types.Tool(
        name=name,
        description=description(name),
        input_schema=input_schema(name),
        output_schema=output_schema(),
        annotations=reads,
    )


def _answered(desk: Desk, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    try:
        if name not in TOOLS:
            raise UnknownOption("tool", name, list(TOOLS))
        told, failed = msgspec.to_builtins(called(desk, name, arguments)), False
    except FrontrunnerError as error:
        told, failed = problem(error), True
    text = types.TextContent(type="text", text=msgspec.json.encode(told).decode())
    structured = None if failed else told
    return types.CallToolResult(content=[text], structured_content=structured, is_error=failed)
