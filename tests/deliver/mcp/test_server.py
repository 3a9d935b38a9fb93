"""The tools, asked by a real client of a real process, over stdin and stdout and over HTTP."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("mcp")

import anyio
import httpx
import msgspec
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from frontrunner.api import HomeHandle
from frontrunner.deliver.mcp.answers import called
from frontrunner.deliver.mcp.offered import TOOLS, accepted, description
from frontrunner.deliver.serving import Desk
from frontrunner.errors import UnknownOption

RACE = {"indication": "hemophilia B", "modality": "gene_therapy", "jurisdiction": "CN", "on": "2022-01-12"}


@pytest.fixture(scope="module")
def answers(starter_home: HomeHandle) -> dict[str, Any]:
    """What a client sees of one session: the tools, an answer, a refusal."""

    async def session() -> dict[str, Any]:
        command = ["-m", "frontrunner", "--home", str(starter_home.path), "mcp"]
        parameters = StdioServerParameters(command=sys.executable, args=command)
        async with Client(stdio_client(parameters)) as client:
            return {
                "tools": (await client.list_tools()).tools,
                "race": await client.call_tool("race", RACE),
                "unknown": await client.call_tool("race", {"indication": "hemofilia B"}),
                "extra": await client.call_tool("race", RACE | {"shape": "round"}),
            }

    return anyio.run(session)


@pytest.mark.slow
def test_a_client_sees_a_dozen_tools_with_a_day_and_a_clock(answers: dict[str, Any]) -> None:
    tools = {tool.name: tool for tool in answers["tools"]}
    assert set(tools) == set(TOOLS) and len(tools) >= 12
    for tool in tools.values():
        assert {"on", "clock"} <= set(tool.input_schema["properties"])
        assert len(tool.description or "") > 80


@pytest.mark.slow
def test_structured_content_is_the_text_and_the_answer_of_python(
    answers: dict[str, Any], starter_home: HomeHandle
) -> None:
    result = answers["race"]
    assert not result.is_error
    assert json.loads(result.content[0].text) == result.structured_content
    assert result.structured_content["answer"]["standings"][0]["product"]["name"] == "dalnacogene ponparvovec"


@pytest.mark.slow
def test_an_error_names_what_was_meant(answers: dict[str, Any]) -> None:
    assert answers["unknown"].is_error
    assert "hemophilia B" in json.loads(answers["unknown"].content[0].text)["candidates"]
    assert answers["extra"].is_error


@pytest.fixture(scope="module")
def heard(starter_home: HomeHandle) -> Iterator[dict[str, Any]]:
    """What a client hears over streamable HTTP: a process that listens, two calls, and a stranger's host name."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "frontrunner", "--home", str(starter_home.path), "mcp", "--http", "--port", str(port)]
    with subprocess.Popen([sys.executable, *command], stderr=subprocess.DEVNULL) as process:
        try:
            yield anyio.run(_session_over_http, f"http://127.0.0.1:{port}/mcp", port, process)
        finally:
            process.terminate()


async def _session_over_http(address: str, port: int, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)):
            assert process.poll() is None, "the server ended"
            await anyio.sleep(0.1)
    async with Client(address) as client:
        return {
            "tools": {tool.name for tool in (await client.list_tools()).tools},
            "race": await client.call_tool("race", RACE),
            "why": await client.call_tool("why", {"id": "prog:bbm-h901/haemophilia-b"}),
            "stranger": httpx.post(address, headers={"Host": "elsewhere.example"}, json={}).status_code,
        }


@pytest.mark.slow
def test_the_same_answers_come_over_http(heard: dict[str, Any], starter_home: HomeHandle) -> None:
    assert heard["tools"] == set(TOOLS)
    told = heard["race"].structured_content
    assert told == msgspec.to_builtins(called(Desk(starter_home), "race", RACE))
    assert json.loads(heard["race"].content[0].text) == told
    assert heard["why"].structured_content["quotes"]


@pytest.mark.slow
def test_a_page_elsewhere_cannot_reach_the_tools_of_this_machine(heard: dict[str, Any]) -> None:
    assert heard["stranger"] in (403, 421)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("race", RACE),
        ("firsts", RACE),
        ("programme", {"name": "BBM-H901"}),
        ("why", {"id": "prog:bbm-h901/haemophilia-b"}),
        ("newest", {}),
        ("changes", {"indication": "hemophilia B", "modality": "gene_therapy"}),
        ("jurisdictions", {"indication": "hemophilia B", "modality": "gene_therapy"}),
        ("forecast", {"indication": "hemophilia B"}),
        ("check", {"claim": "first gene therapy for hemophilia B approved in the US"}),
        ("search", {"text": "BBM-H901 in hemophilia B"}),
        ("company", {"name": "Belief BioMed"}),
    ],
)
def test_every_answer_brings_the_words_it_rests_on(
    starter_home: HomeHandle, tool: str, arguments: dict[str, Any]
) -> None:
    result = called(Desk(starter_home), tool, arguments)
    assert result.evidence and {quote["evidence"] for quote in result.quotes} <= set(result.evidence)
    assert any(quote["words"] for quote in result.quotes)


def test_what_is_contested_unverified_or_unknown_is_said(starter_home: HomeHandle) -> None:
    arena = {"indication": "hemophilia B", "modality": "gene_therapy"}
    assert any(line.startswith("unverified: ") for line in called(Desk(starter_home), "race", arena).caveats)
    nobody = called(Desk(starter_home), "race", arena | {"on": "1950"})
    assert any(line.startswith("unknown: ") for line in nobody.caveats)


@pytest.mark.parametrize(
    ("tool", "arguments"), [("status", {}), ("concept", {"vocabulary": "target", "name": "F9"}), ("readouts", RACE)]
)
def test_an_answer_that_no_record_stands_behind_says_so(
    starter_home: HomeHandle, tool: str, arguments: dict[str, Any]
) -> None:
    result = called(Desk(starter_home), tool, arguments | {"on": "2022-01-12"})
    assert (result.evidence, result.quotes) == ([], [])
    assert any(line.startswith("No record is quoted") for line in result.caveats)
    assert any("of the snapshot in force" in line for line in result.caveats) == (tool != "readouts")


def test_then_quotes_nothing_that_came_later(starter_home: HomeHandle) -> None:
    asked = {"id": "prog:bbm-h901/haemophilia-b", "on": "2022-01-12", "clock": "then"}
    result = called(Desk(starter_home), "why", asked)
    assert all(quote["known_on"] <= "2022-01-12" for quote in result.quotes)
    assert any("not public on that day" in line for line in result.caveats)


def test_a_long_answer_is_cut_and_says_so(starter_home: HomeHandle) -> None:
    result = called(Desk(starter_home), "race", {"modality": "gene_therapy", "limit": 2})
    assert len(result.answer["standings"]) == 2
    assert "Only the first 2" in result.caveats[0]


def test_a_tool_takes_only_what_it_says(starter_home: HomeHandle) -> None:
    with pytest.raises(UnknownOption):
        called(Desk(starter_home), "status", {"depth": 3})
    assert all(parameter.about for tool in TOOLS for parameter in accepted(tool))
    assert all("cite" in description(tool) for tool in TOOLS)
