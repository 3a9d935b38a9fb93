"""XML read safely: no entities, no DTD, no network. A document that brings a DTD is refused, not read around."""

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from frontrunner.errors import BadRecord

_PARSER_OPTIONS = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "remove_blank_text": True,
}
_REFUSED = "has a document type definition, which is not read"
#: a document type before the root element, found before anything in it is looked at
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s++|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)


def parse(body: bytes) -> etree._Element:
    """The root element. Raises BadRecord when it is not well-formed XML, has a DTD or refers to entities."""
    if _DOCTYPE.match(body):
        raise BadRecord("<!DOCTYPE", _REFUSED)
    try:
        root = etree.fromstring(body, etree.XMLParser(**_PARSER_OPTIONS))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadRecord("the record", f"is not well-formed XML ({_first_line(error)})") from error
    if root.getroottree().docinfo.internalDTD is not None:  # hidden from the search by a wide encoding
        raise BadRecord("<!DOCTYPE", _REFUSED)
    return root


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def text(root: etree._Element, path: str) -> str | None:
    """The words of the first element at `path` (below the root) with white space collapsed; null when empty."""
    found = root.find(path)
    return None if found is None else _collapsed(found)


def texts(root: etree._Element, path: str) -> list[str]:
    """The words of every element at `path` that has any."""
    return [words for element in root.iterfind(path) if (words := _collapsed(element))]


def _collapsed(element: etree._Element) -> str | None:
    return " ".join((element.text or "").split()) or None


def canonical(root: etree._Element, drop: tuple[str, ...] = ()) -> bytes:
    """The content in one form whatever its white space, comments and attribute order; elements of `drop` left out.

    The tree itself is changed. Raises BadRecord when it holds what canonical XML cannot say.
    """
    for path in drop:
        for element in root.findall(path):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    for element in root.iter():
        element.text, element.tail = _collapsed(element), None
    try:
        return cast(bytes, etree.tostring(root, method="c14n", with_comments=False))
    except etree.C14NError as error:
        raise BadRecord("the record", _first_line(error)) from error


def words(body: bytes, xpath: str) -> Iterator[str]:
    """The words of every node at an XPath. Raises BadRecord when the path is none."""
    root = parse(body)
    try:
        found = root.xpath(xpath)
    except (etree.XPathError, ValueError) as error:  # the latter for characters that XML does not have
        raise BadRecord(xpath, f"is not an XPath ({_first_line(error)})") from error
    for node in found if isinstance(found, list) else [found]:
        said = " ".join(node.itertext()) if isinstance(node, etree._Element) else str(node)
        if said := " ".join(said.split()):
            yield said
