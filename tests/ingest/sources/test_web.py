"""Links on the pages of a real web server."""

from __future__ import annotations

from pathlib import Path

import pytest

from perftable_etl.errors import IncompleteListing, Refused, WrongContent
from perftable_etl.formats import SUFFIXES
from perftable_etl.ingest.limits import Limits
from perftable_etl.ingest.sources.links import LinkPage, LinkReader
from perftable_etl.ingest.sources.source import Fetched, Listing, NotModified, PublicationSource
from tests.ingest.sources.conftest import Opener
from tests.servers import PDF, Answer, Site


def page(html: str, encoding: str = "utf-8", content_type: str = "text/html") -> Answer:
    return Answer(html.encode(encoding), headers={"Content-Type": content_type})


def listed_until_trouble(source: PublicationSource) -> tuple[tuple[Listing, ...], str]:
    listings = []
    with pytest.raises(IncompleteListing) as error:
        for listing in source.list():
            listings.append(listing)
    return tuple(listings), str(error.value)


def names(source: PublicationSource) -> tuple[str, ...]:
    return tuple(listing.name for listing in source.list())


def test_files_are_listed_page_by_page_each_once(web: Site, opener: Opener) -> None:
    first = web.serve(
        "/list/1.html", page('<a href="a.pdf">甲</a><a href="2.html">下一页</a><a href="/about">关于</a>')
    )
    web.serve("/list/2.html", page('<a href="b.pdf#page=2">乙</a><a href="a.pdf">甲</a><a href="1.html">上一页</a>'))
    source = opener(kind="web", pages=[first], follow="下一页|上一页", depth=5)
    assert tuple(source.list()) == (
        Listing(web.url("/list/a.pdf"), "a.pdf"),
        Listing(web.url("/list/b.pdf"), "b.pdf"),
    )
    assert web.asked == {"/list/1.html": 1, "/list/2.html": 1}


def test_pages_are_followed_to_a_depth(web: Site, opener: Opener) -> None:
    for number in range(1, 5):
        web.serve(f"/{number}", page(f'<a href="{number}.pdf">x</a><a href="{number + 1}">next</a>'))
    assert names(opener(kind="web", pages=[web.url("/1")], follow="next", depth=2)) == ("1.pdf", "2.pdf", "3.pdf")


def test_pages_may_be_numbered(web: Site, opener: Opener) -> None:
    for number in range(9, 12):
        web.serve(f"/index_{number}.html", page(f'<a href="{number}.pdf">x</a>'))
    source = opener(kind="web", pages=[web.url("/index_{9..11}.html")])
    assert names(source) == ("9.pdf", "10.pdf", "11.pdf")


def test_links_are_chosen_by_address_and_by_what_they_say(web: Site, opener: Opener) -> None:
    html = """
        <a href="1.pdf">绩效目标</a> <a href="2.pdf">部门预算</a> <a href="3.doc">绩效目标</a>
        <a href="4.pdf" title="2021年绩效目标申报表">2021年绩效…</a> <a href="down.jsp?id=5">项目 绩效目标.pdf</a>
    """
    source = opener(kind="web", pages=[web.serve("/", page(html))], links=r"\.pdf$|down\.jsp", texts="绩效目标")
    assert names(source) == ("1.pdf", "4.pdf", "项目 绩效目标.pdf")


def test_what_is_no_link_to_a_file_is_left_alone(web: Site, opener: Opener) -> None:
    html = """
        <a href="javascript:open('a.pdf')">a.pdf</a> <a onclick="b.pdf">b.pdf</a> <a href="mailto:c@d.pdf">c</a>
        <a href="file:///etc/d.pdf">d</a> <a href="ftp://host/e.pdf">e</a> <a href="http://[f.pdf">f</a>
        <a href="http://host:port/g.pdf">g</a> <a href="">h.pdf</a> <!-- <a href="i.pdf">i</a> -->
        <script>'<a href="j.pdf">j</a>'</script> <a href="ok.pdf">
    """
    assert names(opener(kind="web", pages=[web.serve("/", page(html))])) == ("ok.pdf",)


@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=gb2312", "text/html; charset=no-such"])
@pytest.mark.parametrize(
    "meta", ["", '<meta charset="GBK">', '<meta http-equiv=x content="text/html; charset=gb2312">']
)
def test_pages_in_gb18030(web: Site, opener: Opener, into: Path, content_type: str, meta: str) -> None:
    html = f'{meta}<a href="/附件/绩效目标.pdf">附件㎡</a><a href="?名=一&amp;x=1">下一页</a>'
    web.serve("/%E9%99%84%E4%BB%B6/%E7%BB%A9%E6%95%88%E7%9B%AE%E6%A0%87.pdf", Answer(PDF))
    web.serve("/?%C3%FB=%D2%BB&x=1", page('<a href="b.pdf">二</a>'))  # the query in the page's encoding
    first = web.serve("/", page(html, "gb18030", content_type))
    source = opener(kind="web", pages=[first], texts="附件㎡|二", follow="下一页")
    chinese, other = source.list()
    assert (chinese.name, other.name) == ("绩效目标.pdf", "b.pdf")
    source.fetch(chinese, None, into)


def test_links_are_relative_to_the_base_and_to_where_the_page_was_found(web: Site, opener: Opener) -> None:
    based = web.serve("/based", page('<base href="/files/"><a href="a.pdf">a</a>'))
    moved = web.serve("/moved", Answer(status=302, headers={"Location": "/new/place.html"}))
    web.serve("/new/place.html", page('<a href="b.pdf">b</a>'))
    source = opener(kind="web", pages=[based, moved])
    assert [listing.uri for listing in source.list()] == [web.url("/files/a.pdf"), web.url("/new/b.pdf")]


def test_a_second_look_downloads_nothing(web: Site, opener: Opener, into: Path) -> None:
    index = "".join(f'<a href="{number}.pdf">x</a>' for number in range(3))
    first = web.serve("/", page(index))
    for number in range(3):
        web.serve(f"/{number}.pdf", Answer(PDF, headers={"ETag": f'"{number}"'}))
    source = opener(kind="web", pages=[first])
    known = {listing.uri: source.fetch(listing, None, into) for listing in source.list()}
    again = opener(kind="web", pages=[first])
    before = web.sent
    for listing in again.list():
        fetched = known[listing.uri]
        assert not isinstance(fetched, NotModified)
        assert again.fetch(listing, listing.validators._replace(etag=fetched.etag), into) == NotModified()
    assert web.sent - before == len(index)


def test_a_file_elsewhere_is_listed_and_refused(web: Site, opener: Opener, into: Path) -> None:
    elsewhere = web.url("/a.pdf", host="localhost")
    source = opener(kind="web", pages=[web.serve("/", page(f'<a href="{elsewhere}">a</a>'))])
    (listing,) = source.list()
    assert listing.uri == elsewhere
    with pytest.raises(Refused, match="add 'localhost'"):
        source.fetch(listing, None, into)


def test_a_page_that_cannot_be_read_is_said_when_the_others_have_been(web: Site, opener: Opener) -> None:
    good = web.serve("/good", page('<a href="a.pdf">a</a>'))
    source = opener(kind="web", pages=[web.url("/missing"), good, web.url("/gone")])
    listings, trouble = listed_until_trouble(source)
    assert [listing.name for listing in listings] == ["a.pdf"]
    assert "/missing is gone (HTTP 404)" in trouble
    assert "/gone is gone (HTTP 404)" in trouble


def test_pages_without_end_are_left_and_said(web: Site, opener: Opener) -> None:
    for number in range(10):
        web.serve(f"/{number}", page(f'<a href="{number}.pdf">x</a><a href="{number + 1}">next</a>'))
    source = opener(kind="web", pages=[web.url("/0")], follow="next", depth=99, max_pages=3)
    listings, trouble = listed_until_trouble(source)
    assert len(listings) == 3
    assert "max_pages = 3" in trouble


def test_an_endless_page_is_no_page_of_links(web: Site, opener: Opener) -> None:
    source = opener(kind="web", pages=[web.serve("/", Answer(lambda: iter(lambda: b"<p>" * 10_000, b"")))])
    assert "too many for a page of links" in listed_until_trouble(source)[1]


def test_more_files_than_wanted_are_left_and_said(web: Site, opener: Opener) -> None:
    html = "".join(f'<a href="{number}.pdf">x</a>' for number in range(5))
    source = opener(kind="web", pages=[web.serve("/", page(html))], max_files=2)
    listings, trouble = listed_until_trouble(source)
    assert len(listings) == 2
    assert "max_files = 2" in trouble


@pytest.mark.parametrize(
    "href",
    ["../../../etc/passwd.pdf", "/..%2f..%2fetc%2fpasswd.pdf", "/..\\..\\a.pdf", "/%00a.pdf", f"/{'长' * 300}.pdf"],
)
def test_names_from_the_web_are_no_paths(web: Site, opener: Opener, into: Path, href: str) -> None:
    source = opener(kind="web", pages=[web.serve("/x/y", page(f'<a href="{href}">附件</a>'))])
    (listing,) = source.list()
    assert "/" not in listing.name
    assert "\\" not in listing.name
    assert listing.name.isprintable()
    assert len(listing.name) < 130
    assert listing.name.endswith(".pdf")


def test_a_list_of_addresses_in_a_file(web: Site, opener: Opener, tmp_path: Path) -> None:
    lines = f"\ufeff# 附件\n{web.url('/附件.pdf')}\n\n{web.url('/b.pdf')}\nnonsense\n{web.url('/b.pdf')}\n"
    (tmp_path / "urls.txt").write_text(lines, encoding="utf-8")
    source = opener(kind="urls", urls=[web.url("/first.pdf")], file="urls.txt")
    listings, trouble = listed_until_trouble(source)
    assert [listing.name for listing in listings] == ["first.pdf", "附件.pdf", "b.pdf"]
    assert "line 5, is not a web address" in trouble


def test_a_list_of_addresses_that_is_missing_is_said(web: Site, opener: Opener) -> None:
    listings, trouble = listed_until_trouble(opener(kind="urls", urls=[web.url("/a.pdf")], file="urls.txt"))
    assert len(listings) == 1
    assert "urls.txt cannot be read" in trouble


@pytest.mark.parametrize(
    "html",
    ["<div>" * 600, "<a href=x>" * 600, "<b><i><p>" * 400, "<table><tr><td>" * 600, "<br>" * 200_001],
    ids=["div", "a", "formatting", "tables", "many"],
)
def test_a_page_that_no_person_reads_is_told_and_the_others_are_read(web: Site, opener: Opener, html: str) -> None:
    bad = web.serve("/bad", page(html + '<a href="never.pdf">x</a>'))
    source = opener(kind="web", pages=[bad, web.serve("/good", page('<a href="a.pdf">x</a>'))])
    listings, trouble = listed_until_trouble(source)
    assert [listing.name for listing in listings] == ["a.pdf"]
    assert "/bad" in trouble
    assert "tags" in trouble


@pytest.mark.parametrize("tags", ["<br>", "<p>", "<li>", "<td>", "<img/>", "<div></div>", "<p></p>"])
def test_tags_that_hold_nothing_do_not_nest(web: Site, opener: Opener, tags: str) -> None:
    assert names(opener(kind="web", pages=[web.serve("/", page(tags * 2000 + '<a href="a.pdf">x</a>'))])) == ("a.pdf",)


def test_a_page_that_breaks_the_limits_is_told(web: Site, opener: Opener) -> None:
    worker = LinkReader(Limits(seconds=0.01, megabytes=512))
    try:
        with pytest.raises(WrongContent, match="longer than"):
            worker.read(LinkPage(b"<p>" * 190_000, "text/html", "http://h/"))
    finally:
        worker.close()


@pytest.mark.parametrize("charset", ["undefined", "idna", "base64", "rot13", "utf-7", "utf-16", "punycode", "x" * 300])
def test_an_encoding_that_is_none_is_passed_over(web: Site, opener: Opener, charset: str) -> None:
    served = web.serve("/", page(f'<meta charset="{charset}"><a href="甲.pdf">x</a>'))
    assert len(names(opener(kind="web", pages=[served]))) <= 1


@pytest.mark.parametrize("charset", ["idna", "punycode", "utf-16"])
def test_a_page_in_ascii_is_read_whatever_encoding_it_names(web: Site, opener: Opener, charset: str) -> None:
    served = web.serve("/", page(f'<meta charset="{charset}"><a href="a.pdf?b">x</a>'))
    assert names(opener(kind="web", pages=[served], links="pdf")) == ("a.pdf",)


def test_addresses_longer_than_any_server_takes_are_passed_over(web: Site, opener: Opener) -> None:
    html = f'<base href="{web.url("/")}{"a/" * 20_000}">' + '<a href="a.pdf">x</a>' * 1000
    html += f'<a href="{"b" * 5000}.pdf">x</a>'
    assert names(opener(kind="web", pages=[web.serve("/", page(html))])) == ("a.pdf",)


TABLE = "<table><tr><td>项目名称<td>河道养护</table>"


def test_pages_with_tables_are_files_where_that_is_asked_for(web: Site, opener: Opener, into: Path) -> None:
    """Each is asked for once."""
    first = web.serve("/", page('<a href="1.shtml">目标表</a><a href="a.pdf">甲</a>'))
    web.serve("/1.shtml", page(TABLE))
    source = opener(kind="web", pages=[first], follow="目标表", read=["pages"])
    fetched = [(listing.name, source.fetch(listing, None, into)) for listing in source.list()]
    assert [(name, found.media_type) for name, found in fetched if isinstance(found, Fetched)] == [
        ("1.shtml", "text/html")
    ]
    assert web.asked == {"/": 1, "/1.shtml": 1}
    both = opener(kind="web", pages=[first], follow="目标表", read=["pages", "links"])
    assert names(both) == ("a.pdf", "1.shtml")


def test_links_to_all_formats_are_listed(web: Site, opener: Opener) -> None:
    files = [f"a{suffix}" for suffix in SUFFIXES]
    html = "".join(f'<a href="{name}">x</a>' for name in [*files, "b.doc", "c.zip"])
    listed = names(opener(kind="web", pages=[web.serve("/", page(html))]))
    assert set(listed) == {name for name in files if not name.endswith((".html", ".htm"))}
