from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.ingest.sources.addresses import canonical, clean_name, file_name, host_of, origin_of

BASE = "https://czj.sh.gov.cn/a/b/index.html?x=1"


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("c.pdf", "https://czj.sh.gov.cn/a/b/c.pdf"),
        (" c.\npdf ", "https://czj.sh.gov.cn/a/b/c.pdf"),
        ("../c.pdf#page=3", "https://czj.sh.gov.cn/a/c.pdf"),
        ("/../../c.pdf", "https://czj.sh.gov.cn/c.pdf"),
        ("..\\c.pdf", "https://czj.sh.gov.cn/a/c.pdf"),
        ("//other.cn/c.pdf", "https://other.cn/c.pdf"),
        ("https://czj.sh.gov.cn//a//c.pdf", "https://czj.sh.gov.cn//a//c.pdf"),
        ("HTTP://CZJ.SH.gov.cn:80", "http://czj.sh.gov.cn/"),
        ("https://czj.sh.gov.cn:8443/x/../c.pdf", "https://czj.sh.gov.cn:8443/c.pdf"),
        ("https://user:secret@czj.sh.gov.cn/c.pdf", "https://czj.sh.gov.cn/c.pdf"),
        ("附件 1.pdf", "https://czj.sh.gov.cn/a/b/%E9%99%84%E4%BB%B6%201.pdf"),
        ("%d6%d0.pdf", "https://czj.sh.gov.cn/a/b/%D6%D0.pdf"),
        ("100%.pdf", "https://czj.sh.gov.cn/a/b/100%25.pdf"),
        ("?年=2021", "https://czj.sh.gov.cn/a/b/index.html?%E5%B9%B4=2021"),
        ("http://上海.中国/c.pdf", "http://xn--fhqz97e.xn--fiqs8s/c.pdf"),
        ("http://[::1]:8000/c.pdf", "http://[::1]:8000/c.pdf"),
        ("javascript:void(0)", None),
        ("data:application/pdf;base64,", None),
        ("http:///c.pdf", None),
        ("http://host:99999/c.pdf", None),
        ("http://[::1/c.pdf", None),
        (f"http://{'长' * 80}.cn/", None),
    ],
)
def test_one_spelling(reference: str, address: str | None) -> None:
    assert canonical(reference, BASE) == address


@given(st.text(max_size=40), st.sampled_from(["utf-8", "gb18030", "latin-1"]))
def test_any_reference_has_one_spelling_or_none(reference: str, encoding: str) -> None:
    address = canonical(reference, BASE, encoding)
    if address is not None:
        assert address.isascii()
        assert canonical(address) == address
        assert origin_of(address).startswith("http")
        assert host_of(address)


@given(st.text())
def test_a_name_is_one_line_and_no_path(text: str) -> None:
    name = clean_name(text)
    assert not set(name) & set("/\\\n\0")
    assert not name.startswith(".")
    assert len(name) < 130


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://h/%E9%99%84%E4%BB%B6.pdf?x=/y", "附件.pdf"),
        ("https://h/%B8%BD%BC%FE.pdf", "附件.pdf"),
        ("https://h/", ""),
    ],
)
def test_the_name_of_a_file_is_read_in_its_encoding(address: str, name: str) -> None:
    assert file_name(address) == name
