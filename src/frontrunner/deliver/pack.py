"""A proof pack: an answer with everything that it rests on, as one zip that verifies itself.

The same answer of the same snapshot gives the same bytes: nothing in it depends on when or where it was written.
"""

import hashlib
from importlib import resources
from typing import Any

import msgspec

import frontrunner
from frontrunner.deliver.verify import leaves, pack, words
from frontrunner.errors import FrontrunnerError
from frontrunner.race.proof import Held, Proof

_MAIN = (
    b"import runpy\nimport sys\n\nsys.argv.insert(1, sys.argv[0])\nrunpy.run_module('verify', run_name='__main__')\n"
)
_ABOUT = """# Proof pack

`answer.json` is the answer, `query.json` what was asked and of which data, `evidence.json` the words that it rests on,
`documents.json` the documents in which they stand, `sources.json` on what terms those may be passed on.

Verify it offline with Python 3.10 or newer and nothing else:

    python PACK.zip
    python verify.py PACK.zip      # with a copy of verify.py that you trust

Of each document there are the bytes as published (`.body`) and its content without volatile fields (`.canonical`),
whose SHA-256 is its identity: the first 16 digits stand in every id of evidence.

Not medical or investment advice.
"""


def evidence_ids(answer: object) -> list[str]:
    """Every id of evidence in an answer, each once, in its order."""
    found: dict[str, None] = {}
    ahead: list[Any] = [msgspec.to_builtins(answer)]
    while ahead:
        node = ahead.pop()
        if isinstance(node, str):
            found |= {node: None} if node.startswith("ev:") else {}
        elif isinstance(node, dict | list):
            ahead += reversed(list(node.values()) if isinstance(node, dict) else node)
    return list(found)


def packed(answer_json: str, answer_md: str, command: list[str], proof: Proof) -> bytes:
    """The bytes of the zip. Raises FrontrunnerError where a quote does not stand where it should."""
    files = {
        "README.md": _ABOUT.encode(),
        "answer.json": answer_json.encode(),
        "answer.md": answer_md.encode(),
        "query.json": _json(
            {
                "command": command,
                "snapshot": proof.snapshot,
                "frontrunner": frontrunner.__version__,
                "edition": proof.edition,
            }
        ),
        "evidence.json": _json(proof.quotes),
        "documents.json": _json([_described(document) for document in proof.documents]),
        "sources.json": _json(proof.terms),
        "verify.py": resources.files("frontrunner.deliver").joinpath("verify.py").read_bytes(),
        "__main__.py": _MAIN,
    }
    for document in proof.documents:
        files[_name(document, "body")] = document.body
        files[_name(document, "canonical")] = document.canonical
    _prove(proof)
    manifest = _json({"files": {name: _sum(files[name]) for name in sorted(files)}})
    files["manifest.json"] = manifest
    sums = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in ("manifest.json", "verify.py")]
    files["manifest.sha256"] = "".join(sums).encode()
    return pack(files)


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _sum(part: bytes) -> dict[str, str | int]:
    return {"sha256": hashlib.sha256(part).hexdigest(), "bytes": len(part)}


def _name(document: Held, part: str) -> str:
    return f"documents/{document.hash[:16]}.{part}"


def _described(document: Held) -> dict[str, str | None]:
    return {
        "hash": document.hash,
        "source": document.source,
        "record": document.key,
        "media_type": document.media_type,
        "url": document.url,
        "body": _name(document, "body"),
        "canonical": _name(document, "canonical"),
        "held": _held(document),
    }


def _held(document: Held) -> str:
    """How the verifier can see that the canonical content is the body's: by its values, or not without the reader."""
    try:
        return "leaves" if leaves(document.canonical) <= leaves(document.body) else "reader"
    except ValueError:
        return "reader"


def _prove(proof: Proof) -> None:
    """Nothing leaves that its own verifier would refuse."""
    documents = {document.hash: document for document in proof.documents}
    for quote in proof.quotes:
        document = documents[quote.document]
        if words(document.body, document.media_type, quote.place) != quote.words:
            raise FrontrunnerError(f"{quote.id}: the words do not stand at {quote.place}; the pack was not written")
