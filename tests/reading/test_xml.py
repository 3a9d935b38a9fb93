"""XML is read without entities, document types and the network."""

from pathlib import Path

import pytest

from frontrunner.errors import BadRecord
from frontrunner.reading import xml

PLAIN = (
    b"<?xml version='1.0' encoding='UTF-8'?><a rank='3'><!-- note --><b>one\n  two</b><b/><c><d x='1'>three</d></c></a>"
)

LAUGHS = b"".join(b"<!ENTITY l%d '%s'>" % (n + 1, b"&l%d;" % n * 10) for n in range(9))


def test_words_are_collapsed_and_empty_ones_are_none() -> None:
    root = xml.parse(PLAIN)
    assert xml.text(root, "b") == "one two"
    assert xml.texts(root, "b") == ["one two"]
    assert xml.text(root, "c/d") == "three"
    assert xml.text(root, "e") is xml.text(root, "c") is None


@pytest.mark.parametrize(
    "doctype",
    [
        b"<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'>",
        b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
        b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        b"<!DOCTYPE a [<!ENTITY l0 'ha'>" + LAUGHS + b"]>",
    ],
)
@pytest.mark.parametrize("before", [b"", b"<?xml version='1.0'?>", b"<!-- <a/> -->\n<?pi ?> "])
def test_a_document_type_is_refused(doctype: bytes, before: bytes) -> None:
    with pytest.raises(BadRecord, match="document type definition"):
        xml.parse(before + doctype + b"<a>&l9;</a>")


def test_a_document_type_hidden_by_a_wide_encoding_is_refused() -> None:
    with pytest.raises(BadRecord, match="document type definition"):
        xml.parse("<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a [<!ENTITY x 'y'>]><a/>".encode("utf-16"))


@pytest.mark.parametrize("body", [b"", b"<a>", b"<a>&nbsp;</a>", b"<a>\xff</a>", b"{}", b"<a" * 1000, b"<a>" * 1000])
def test_what_is_not_well_formed_is_refused_in_one_line(body: bytes) -> None:
    with pytest.raises(BadRecord, match="well-formed") as error:
        xml.parse(body)
    assert "\n" not in str(error.value)


def test_no_file_is_read_for_an_entity(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    body = f"<!DOCTYPE a [<!ENTITY x SYSTEM '{(tmp_path / 'secret').as_uri()}'>]><a>&x;</a>"
    with pytest.raises(BadRecord) as error:
        xml.parse(body.encode())
    assert "secret" not in str(error.value)


def test_the_canonical_form_leaves_out_what_says_nothing() -> None:
    spaced = PLAIN.replace(b"><", b">\r\n   <").replace(b" note ", b" another ")
    assert xml.canonical(xml.parse(spaced)) == xml.canonical(xml.parse(PLAIN))
    assert xml.canonical(xml.parse(PLAIN), ("c/d", "b")) == b'<a rank="3"><c></c></a>'
    assert xml.canonical(xml.parse(PLAIN.replace(b"three", b"four"))) != xml.canonical(xml.parse(PLAIN))


def test_words_at_an_xpath() -> None:
    assert list(xml.words(PLAIN, "/a/b")) == ["one two"]
    assert list(xml.words(PLAIN, "/a/c/d/@x | /a/c")) == ["three", "1"]
    assert list(xml.words(PLAIN, "/a/nothing")) == []
    for wrong in ("///", "/a[", "nope()", "$x"):
        with pytest.raises(BadRecord, match="is not an XPath"):
            list(xml.words(PLAIN, wrong))
