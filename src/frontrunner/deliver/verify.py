"""Verify a proof pack with nothing but Python's standard library, offline.

    python PACK.zip                  the pack as it came
    python verify.py PACK.zip        the same, with a copy of this file that you trust
    python verify.py [FOLDER]        a pack that was unpacked

Checked: the zip holds these bytes and no others; every file has the hash that the manifest gives, and the manifest and
this file the hashes in manifest.sha256; every document's canonical content has the hash that is its identity, and
holds nothing that its body does not; every quote stands in the body of its document at the place named; every piece of
evidence that the answer cites is quoted. One byte changed anywhere fails. Exit code 0 and `verified`: all of it holds.
"""

import hashlib
import io
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any, NoReturn
from xml.etree import ElementTree

_SPAN = re.compile(r"chars (\d+)-(\d+)\Z")
_STEP = re.compile(r"\[(\d*)\]|\.?([^.\[\]]+)")
_FIXED = {"README.md", "answer.json", "answer.md", "query.json", "evidence.json", "documents.json", "sources.json"} | {
    *("verify.py", "__main__.py", "manifest.json", "manifest.sha256")
}
_DOCUMENT = re.compile(r"documents/[0-9a-f]{16}\.(?:body|canonical)\Z")
_XSTEP = re.compile(r"/(@?)([^/\[\]]+)(?:\[(\d+)\])?")


def fail(what: str) -> NoReturn:
    """Say what does not hold and end with exit code 1."""
    raise SystemExit(f"NOT VERIFIED: {what}")


def pack(files: dict[str, bytes]) -> bytes:
    """The one zip that holds these files: stored, in order, without dates or rights; readers rebuild it to compare."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def opened(path: Path) -> dict[str, bytes]:
    """The files of a pack by name; a zip must be byte for byte the one that `pack` makes of them."""
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in found}
    try:
        raw = path.read_bytes()
    except OSError as error:
        fail(f"{path}: {error.strerror}")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()  # nothing is unpacked that could be larger than the zip
            if any(entry.compress_type for entry in entries) or sum(entry.file_size for entry in entries) > len(raw):
                fail("the zip is not the one that was written")
            files = {name: archive.read(name) for name in archive.namelist()}
    except Exception as error:  # whatever a damaged zip does to its reader, it is not verified
        fail(f"the zip is damaged ({error})")
    if pack(files) != raw:
        fail("the zip is not the one that was written")
    return files


def check_hashes(files: dict[str, bytes]) -> None:
    """Every file against the manifest, the manifest and this verifier against manifest.sha256."""
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in ("manifest.json", "verify.py"))
    if files["manifest.sha256"] != sums.encode():
        fail("manifest.json, verify.py or manifest.sha256 is not the one that was written")
    strange = sorted(name for name in files if name not in _FIXED and not _DOCUMENT.match(name))
    if strange:
        fail(f"{strange[0]!r} is no file of a proof pack")
    listed = json.loads(files["manifest.json"])["files"]
    if sorted(listed) != sorted(set(files) - {"manifest.json", "manifest.sha256"}):
        fail("files are missing or were added")
    for name, told in listed.items():
        if told != {"sha256": hashlib.sha256(files[name]).hexdigest(), "bytes": len(files[name])}:
            fail(f"{name} was changed")


def check_documents(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """Every document's identity; returns them by their hash."""
    found: dict[str, dict[str, Any]] = {document["hash"]: document for document in json.loads(files["documents.json"])}
    for digest, document in found.items():
        canonical = files[document["canonical"]]
        if hashlib.sha256(canonical).hexdigest() != digest:
            fail(f"{document['canonical']} is not the content with the hash {digest}")
        if document["held"] == "leaves" and not leaves(canonical) <= leaves(files[document["body"]]):
            fail(f"{document['body']} does not hold what its canonical content says")
    return found


def leaves(raw: bytes) -> set[str]:
    """The values of a JSON document that have no parts."""
    found: set[str] = set()
    ahead = [json.loads(raw.decode("utf-8-sig"))]
    while ahead:
        node = ahead.pop()
        if isinstance(node, dict | list):
            ahead += node.values() if isinstance(node, dict) else node
        else:
            found.add(json.dumps(node))
    return found


def check_quotes(files: dict[str, bytes], documents: dict[str, dict[str, Any]]) -> int:
    """Every quote at its place in its document, and a quote for all evidence of the answer; returns how many."""
    quotes = json.loads(files["evidence.json"])
    for quote in quotes:
        document = documents.get(quote["document"])
        if document is None or not quote["id"].startswith(f"ev:{quote['document'][:16]}@"):
            fail(f"{quote['id']} is of no document of this pack")
        if quote["id"].partition("@")[2] != quote["place"]:
            fail(f"{quote['id']} names another place than its quote")
        if quote["words"] != words(files[document["body"]], document["media_type"], quote["place"]):
            fail(f"{quote['id']}: these words do not stand there")
    cited = set(re.findall(r'"(ev:[0-9a-f]{16}@(?:[^"\\]|\\.)*)"', files["answer.json"].decode()))
    missing = {json.loads(f'"{id}"') for id in cited} - {quote["id"] for quote in quotes}
    if missing:
        fail(f"{min(missing)} is cited and not quoted")
    return len(quotes)


def words(body: bytes, media_type: str, place: str) -> str:
    """What stands at a place; empty where the record tells it by leaving it out."""
    if span := _SPAN.match(place):
        return body.decode("utf-8")[int(span[1]) : int(span[2])]
    if "xml" in media_type:
        found = [word for path in place.split(" | ") for word in _of_xml(ElementTree.fromstring(body), path)]
    else:
        root = json.loads(body.decode("utf-8-sig"))
        paths = place.split(" | ")
        held = [value for path in paths for value in ([root[path]] if path in root else _walk(root, path))]
        found = [value if isinstance(value, str) else _plain(value) for value in held]
    found = list(dict.fromkeys(found))
    return "; ".join(word for word in found if word.strip()) or (found[0] if found else "")


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _walk(root: Any, path: str) -> list[Any]:
    nodes, steps = [root], list(_STEP.finditer(path))
    if not path or "".join(step[0] for step in steps) != path:
        return []
    for step in steps:
        nodes = [child for node in nodes for child in _children(node, step[1], step[2])]
    return nodes


def _children(node: Any, index: str | None, key: str | None) -> list[Any]:
    if key is not None:
        return [node[key]] if isinstance(node, dict) and key in node else []
    if not isinstance(node, list):
        return []
    return node if not index else node[int(index) : int(index) + 1]


def _of_xml(root: Any, path: str) -> list[str]:
    """The words at an absolute path of names, positions and a last attribute: what a source declares."""
    steps = _XSTEP.findall(path)
    if not steps or steps[0][1] != root.tag:
        return []
    nodes = [root]
    for attribute, name, position in steps[1:]:
        if attribute:
            return [" ".join(node.get(name).split()) for node in nodes if node.get(name, "").strip()]
        found = [[child for child in node if child.tag == name] for node in nodes]
        nodes = [child for some in found for child in (some[int(position) - 1 : int(position)] if position else some)]
    told = [" ".join(" ".join(node.itertext()).split()) for node in nodes]
    return [one for one in told if one]


def main(arguments: list[str]) -> None:
    """Verify the pack named, else the one that this file is part of."""
    here = Path(__file__).resolve().parent
    path = Path(arguments[0]) if arguments else here
    files = opened(path)
    for name in ("manifest.json", "manifest.sha256", "documents.json", "evidence.json", "answer.json", "verify.py"):
        if name not in files:
            fail(f"{name} is missing: this is no proof pack")
    try:
        check_hashes(files)
        documents = check_documents(files)
        count = check_quotes(files, documents)
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        ElementTree.ParseError,
    ) as error:
        fail(f"the pack is malformed ({error})")
    print(f"verified: {count} quotes from {len(documents)} documents; manifest {_digest(files)}")


def _digest(files: dict[str, bytes]) -> str:
    return hashlib.sha256(files["manifest.json"]).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
