"""Files from a real web server that misbehaves in every way we know of."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from datetime import datetime, tzinfo
from email.utils import formatdate
from itertools import chain, repeat
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest

from perftable_etl.errors import (
    ArchiveError,
    NotAsked,
    NotFound,
    OverBudget,
    Refused,
    SourceError,
    TooLarge,
    Unreachable,
    WrongContent,
)
from perftable_etl.ingest.sources import headers
from perftable_etl.ingest.sources.client import LARGEST_PAGE
from perftable_etl.ingest.sources.cookies import MOST_COOKIES
from perftable_etl.ingest.sources.source import Fetched, NotModified, Validators
from tests.ingest.sources.conftest import Clock, Opener
from tests.servers import PDF, Answer, Site

MEGABYTE = b"x" * (1 << 20)
ERROR_PAGE = "<!DOCTYPE html><html><title>页面不存在</title></html>".encode()


def fetch(
    opener: Opener, address: str, into: Path, known: Validators | None = None, **settings: object
) -> Fetched | NotModified:
    source = opener(kind="urls", urls=[address], **settings)
    (listing,) = source.list()
    return source.fetch(listing, known, into)


def fetch_file(opener: Opener, address: str, into: Path, **settings: object) -> Fetched:
    fetched = fetch(opener, address, into, None, **settings)
    assert isinstance(fetched, Fetched)
    return fetched


def test_a_file_comes_with_its_stamps(web: Site, opener: Opener, into: Path) -> None:
    stamps = {"ETag": '"1"', "Last-Modified": "Mon, 01 Feb 2021 00:00:00 GMT", "Content-Type": "text/html"}
    fetched = fetch_file(opener, web.serve("/a.pdf", Answer(PDF, headers=stamps)), into)
    assert fetched.data_path.read_bytes() == PDF
    assert fetched.data_path.parent == into
    assert fetched[1:] == ("application/pdf", '"1"', "Mon, 01 Feb 2021 00:00:00 GMT")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_is_told_by_its_bytes(web: Site, opener: Opener, into: Path, encoding: str) -> None:
    text = "申报表\n" + "目标" * 50_000  # longer than what is looked at, so that a character is cut
    assert fetch_file(opener, web.serve("/a.txt", Answer(text.encode(encoding))), into).media_type == "text/plain"


@pytest.mark.parametrize("stamp", ["ETag", "Last-Modified"])
def test_what_is_known_is_not_downloaded_again(web: Site, opener: Opener, into: Path, stamp: str) -> None:
    address = web.serve("/a.pdf", Answer(PDF, headers={stamp: "one"}))
    known = fetch_file(opener, address, into)
    sent = web.sent
    assert fetch(opener, address, into, Validators(known.etag, known.modified)) == NotModified()
    assert web.sent == sent
    web.serve("/a.pdf", Answer(PDF + b"changed", headers={stamp: "two"}))
    changed = fetch(opener, address, into, Validators(known.etag, known.modified))
    assert isinstance(changed, Fetched)
    assert changed.data_path.read_bytes() == PDF + b"changed"


def test_a_server_without_conditions_is_not_listened_to_the_end(web: Site, opener: Opener, into: Path) -> None:
    endless = Answer(lambda: iter(lambda: MEGABYTE, b""), headers={"ETag": '"1"'}, heeds_conditions=False)
    address = web.serve("/a.pdf", endless)
    assert fetch(opener, address, into, Validators('"1"')) == NotModified()


@pytest.mark.parametrize(
    ("body", "name", "message"),
    [
        (ERROR_PAGE, "a.pdf", "is a web page"),
        (b"\xef\xbb\xbf \n<html>", "a.pdf", "is a web page"),
        (b'<?xml version="1.0"?>', "a.txt", "is a web page"),
        (b"", "a.pdf", "is empty"),
        (b'{"error": 404}', "a.pdf", "is text, not a PDF"),
        (b"PK\x03\x04\x00\x00", "a.pdf", "of no kind that is read"),
    ],
)
def test_bytes_are_believed_and_not_what_is_said_of_them(
    web: Site, opener: Opener, into: Path, body: bytes, name: str, message: str
) -> None:
    address = web.serve(f"/{name}", Answer(body, headers={"Content-Type": "application/pdf"}))
    with pytest.raises(WrongContent, match=message):
        fetch(opener, address, into)
    assert list(into.iterdir()) == []


def test_a_failure_that_passes_is_tried_again_later_each_time(
    web: Site, opener: Opener, into: Path, clock: Clock
) -> None:
    down = Answer(status=503)
    address = web.serve("/a.pdf", down, Answer(status=500), Answer(status=429), Answer(PDF))
    assert fetch_file(opener, address, into, interval=0).data_path.read_bytes() == PDF
    assert web.asked == {"/a.pdf": 4}
    assert [int(wait) for wait in clock.waits] == [1, 2, 4]  # and up to a second more


def test_a_server_says_how_long_to_wait(web: Site, opener: Opener, into: Path, clock: Clock) -> None:
    in_a_minute = formatdate(time.time() + 60, usegmt=True)
    address = web.serve(
        "/a.pdf",
        Answer(status=429, headers={"Retry-After": "7"}),
        Answer(status=503, headers={"Retry-After": in_a_minute}),
        Answer(PDF),
    )
    fetch_file(opener, address, into, interval=0)
    assert clock.waits[0] == 7
    assert 30 < clock.waits[1] <= 60


def test_a_date_to_wait_for_is_by_the_server_s_clock(
    web: Site, opener: Opener, into: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours is ten years ahead."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Ahead:
            return cls(2036, 1, 1, tzinfo=tz)

    monkeypatch.setattr(headers, "datetime", Ahead)
    in_a_minute = formatdate(time.time() + 60, usegmt=True)
    address = web.serve("/a.pdf", Answer(status=503, headers={"Retry-After": in_a_minute}), Answer(PDF))
    fetch_file(opener, address, into, interval=0)
    assert [30 < wait <= 60 for wait in clock.waits] == [True]


def test_who_asks_for_a_long_wait_is_left_to_a_later_run(web: Site, opener: Opener, into: Path, clock: Clock) -> None:
    address = web.serve("/a.pdf", Answer(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(NotAsked, match="3600 s"):
        fetch(opener, address, into, interval=0)
    assert (web.asked, clock.waits) == ({"/a.pdf": 1}, [])


@pytest.mark.parametrize(
    ("status", "error", "tries"), [(404, NotFound, 1), (410, NotFound, 1), (403, Refused, 1), (500, Unreachable, 3)]
)
def test_failures_that_stay(
    web: Site, opener: Opener, into: Path, status: int, error: type[SourceError], tries: int
) -> None:
    address = web.serve("/a.pdf", Answer(ERROR_PAGE, status))
    with pytest.raises(error, match=f"a.pdf .*HTTP {status}"):
        fetch(opener, address, into, retries=2)
    assert web.asked == {"/a.pdf": tries}


def test_not_modified_must_have_been_asked_for(web: Site, opener: Opener, into: Path) -> None:
    with pytest.raises(Unreachable, match="HTTP 304"):
        fetch(opener, web.serve("/a.pdf", Answer(status=304)), into)


def test_an_endless_body_ends_at_the_cap(web: Site, opener: Opener, into: Path) -> None:
    address = web.serve("/a.pdf", Answer(lambda: iter(lambda: PDF, b"")))
    with pytest.raises(TooLarge, match="3,000,000 bytes; raise max_bytes"):
        fetch(opener, address, into, max_bytes="3 MB")
    assert web.sent < 30_000_000
    assert list(into.iterdir()) == []


def test_a_body_that_is_said_to_be_too_large_is_not_begun(web: Site, opener: Opener, into: Path) -> None:
    address = web.serve("/a.pdf", Answer(PDF, headers={"Content-Length": "4000000"}))
    with pytest.raises(TooLarge):
        fetch(opener, address, into, max_bytes="3 MB")


def test_a_packed_body_counts_unpacked(web: Site, opener: Opener, into: Path) -> None:
    headers = {"Content-Encoding": "gzip"}
    small = web.serve("/small.pdf", Answer(gzip.compress(PDF), headers=headers))
    bomb = web.serve("/bomb.pdf", Answer(gzip.compress(MEGABYTE * 20), headers=headers))
    assert fetch_file(opener, small, into).data_path.read_bytes() == PDF
    with pytest.raises(TooLarge):
        fetch(opener, bomb, into, max_bytes="3 MB")


@pytest.mark.parametrize("packing", ["br", "gzip, gzip", "zstd"])
def test_a_body_packed_as_nobody_asked_is_not_unpacked(web: Site, opener: Opener, into: Path, packing: str) -> None:
    bomb = gzip.compress(gzip.compress(MEGABYTE * 20))
    address = web.serve("/a.pdf", Answer(bomb, headers={"Content-Encoding": packing}))
    with pytest.raises(WrongContent, match="not requested"):
        fetch(opener, address, into)


def test_a_run_has_a_budget(web: Site, opener: Opener, into: Path) -> None:
    addresses = [web.serve(f"/{number}.pdf", Answer(PDF)) for number in range(3)]
    source = opener(kind="urls", urls=addresses, max_total_bytes=2 * len(PDF))
    first, second, third = source.list()
    source.fetch(first, None, into)
    source.fetch(second, None, into)
    with pytest.raises(OverBudget, match="left for the next run"):
        source.fetch(third, None, into)


def test_a_silent_server_is_not_waited_for(web: Site, opener: Opener, into: Path) -> None:
    given_up = Event()

    def silent() -> Iterator[bytes]:
        yield PDF[:10]
        assert given_up.wait(60)
        yield PDF[10:]

    address = web.serve("/a.pdf", Answer(silent), Answer(PDF))
    assert fetch_file(opener, address, into, timeout=0.5).data_path.read_bytes() == PDF
    given_up.set()
    assert web.asked["/a.pdf"] >= 2  # a slow machine may be taken for a silent one, too


def test_a_dripping_server_must_end_some_time(web: Site, opener: Opener, into: Path, clock: Clock) -> None:
    def dripping() -> Iterator[bytes]:
        while True:
            clock.time += 1
            yield PDF
            time.sleep(0.001)

    with pytest.raises(Unreachable, match="max_seconds = 60"):
        fetch(opener, web.serve("/a.pdf", Answer(dripping)), into, max_seconds=60)
    assert list(into.iterdir()) == []


def test_half_a_file_is_none(web: Site, opener: Opener, into: Path) -> None:
    cut = Answer(PDF, headers={"Content-Length": str(len(PDF) + 1)})
    address = web.serve("/a.pdf", cut, Answer(PDF))
    assert fetch_file(opener, address, into).data_path.read_bytes() == PDF
    with pytest.raises(Unreachable, match="did not arrive completely"):
        fetch(opener, web.serve("/b.pdf", cut), into)
    assert len(list(into.iterdir())) == 1


def test_a_host_that_is_down_is_asked_for_one_file_only(web: Site, opener: Opener, into: Path, clock: Clock) -> None:
    source = opener(kind="urls", urls=["http://127.0.0.1:1/a.pdf", "http://127.0.0.1:1/b.pdf"], interval=0)
    first, second = source.list()
    with pytest.raises(NotAsked, match="robots"):
        source.fetch(first, None, into)
    waits = len(clock.waits)
    assert waits == 3
    with pytest.raises(NotAsked):
        source.fetch(second, None, into)
    assert len(clock.waits) == waits


def test_redirects_are_followed_where_they_may_lead(web: Site, opener: Opener, into: Path) -> None:
    address = web.serve("/old.pdf", Answer(status=302, headers={"Location": "new.pdf"}))
    web.serve("/new.pdf", Answer(PDF))
    assert fetch_file(opener, address, into).data_path.read_bytes() == PDF


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_redirects_to_chinese_places(web: Site, opener: Opener, into: Path, encoding: str) -> None:
    place = "/附件.pdf".encode(encoding)
    address = web.serve("/a.pdf", Answer(status=302, headers={"Location": place.decode("latin-1")}))
    web.serve(quote(place), Answer(PDF, headers={"ETag": "标".encode().decode("latin-1")}))
    fetched = fetch_file(opener, address, into)
    assert isinstance(fetch(opener, address, into, Validators(fetched.etag)), NotModified)


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("http://localhost:{port}/a.pdf", "'localhost' to the source's hosts"),
        ("http://169.254.169.254/latest/meta-data", "not allowed"),
        ("file:///etc/passwd", "not a web address"),
        ("http://[broken/", "not a web address"),
    ],
)
def test_redirects_lead_nowhere_else(web: Site, opener: Opener, into: Path, location: str, message: str) -> None:
    address = web.serve("/a.pdf", Answer(status=302, headers={"Location": location.format(port=web.port)}))
    with pytest.raises(Refused, match=message):
        fetch(opener, address, into, retries=0)
    assert web.asked == {"/a.pdf": 1}


def test_a_redirect_to_another_host_is_followed_if_that_is_allowed(web: Site, opener: Opener, into: Path) -> None:
    location = web.url("/b.pdf", host="localhost")
    address = web.serve("/a.pdf", Answer(status=301, headers={"Location": location}))
    web.serve("/b.pdf", Answer(PDF))
    assert fetch_file(opener, address, into, hosts=["localhost"]).media_type == "application/pdf"


def test_a_pattern_allows_public_addresses_only(web: Site, opener: Opener, into: Path) -> None:
    location = web.url("/b.pdf", host="localhost")
    address = web.serve("/a.pdf", Answer(status=301, headers={"Location": location}))
    with pytest.raises(Refused, match="private address"):
        fetch(opener, address, into, hosts=["local*"])


def test_redirects_in_a_circle_end(web: Site, opener: Opener, into: Path) -> None:
    address = web.serve("/a.pdf", Answer(status=302, headers={"Location": "/b.pdf"}))
    web.serve("/b.pdf", Answer(status=302, headers={"Location": "/a.pdf"}))
    with pytest.raises(Unreachable, match="more than 5 times"):
        fetch(opener, address, into)
    assert web.asked.total() == 6


def test_a_disk_that_cannot_be_written_is_no_fault_of_the_source(web: Site, opener: Opener, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="could not be written"):
        fetch(opener, web.serve("/a.pdf", Answer(PDF)), tmp_path / "missing")


def test_robots_are_heeded(web: Site, opener: Opener, into: Path, clock: Clock) -> None:
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: perftable-etl\nDisallow: /*.pdf$\nCrawl-delay: 9\n"
    web.serve("/robots.txt", Answer(rules))
    source = opener(kind="urls", urls=[web.serve("/a.pdf", Answer(PDF)), web.serve("/b.txt", Answer(b"text"))])
    closed, open_ = source.list()
    with pytest.raises(Refused, match="is forbidden by"):
        source.fetch(closed, None, into)
    source.fetch(open_, None, into)
    source.fetch(open_, None, into)
    assert web.asked == {"/b.txt": 2}
    assert clock.waits[-1] == 9
    assert len([request for request in web.requests if request.path == "/robots.txt"]) == 1


@pytest.mark.parametrize("answer", [Answer(status=404), Answer(status=403), Answer("<html>首页".encode())])
def test_without_rules_for_robots_all_is_open(web: Site, opener: Opener, into: Path, answer: Answer) -> None:
    web.serve("/robots.txt", answer)
    fetch_file(opener, web.serve("/a.pdf", Answer(PDF)), into)


def test_without_an_answer_for_robots_nothing_is_asked(web: Site, opener: Opener, into: Path) -> None:
    web.serve("/robots.txt", Answer(status=503))
    source = opener(kind="urls", urls=[web.serve("/a.pdf", Answer(PDF)), web.serve("/b.pdf", Answer(PDF))], retries=1)
    for listing in source.list():
        with pytest.raises(NotAsked, match=r"robots\.txt of the site cannot be read"):
            source.fetch(listing, None, into)
    assert [request.path for request in web.requests] == ["/robots.txt"] * 2


def test_requests_to_a_host_keep_their_distance(web: Site, opener: Opener, into: Path, clock: Clock) -> None:
    for number in range(2):
        fetch(opener, web.serve(f"/{number}.pdf", Answer(PDF)), into, interval=3)
        clock.time += 1
    assert clock.waits == [3, 3]  # robots.txt is asked for first


def test_the_user_agent_says_who_asks(web: Site, opener: Opener, into: Path) -> None:
    fetch(opener, web.serve("/a.pdf", Answer(PDF)), into, user_agent="perftable-etl/1 (+mailto:data@example.org)")
    assert {request.headers["user-agent"] for request in web.requests} == {"perftable-etl/1 (+mailto:data@example.org)"}


@pytest.mark.parametrize(
    "said", ["Mon, 01 Jan 99999999999", "Mon, 01 Jan 0000 00:00:00 GMT", "9" * 5000, "later", "-1"]
)
def test_no_wait_that_a_server_names_ends_the_run(web: Site, opener: Opener, into: Path, said: str) -> None:
    address = web.serve("/a.pdf", Answer(status=503, headers={"Retry-After": said}))
    with pytest.raises(SourceError):
        fetch(opener, address, into, interval=0)


def test_no_length_that_a_server_names_ends_the_run(web: Site, opener: Opener, into: Path) -> None:
    address = web.serve("/a.pdf", Answer(PDF, headers={"Content-Length": "9" * 5000}))
    with pytest.raises(SourceError):
        fetch(opener, address, into, interval=0, retries=0)


def test_rules_for_robots_that_are_too_large_to_read_forbid_all(web: Site, opener: Opener, into: Path) -> None:
    web.serve("/robots.txt", Answer(b"User-agent: *\nAllow: /\n" + b"#" * LARGEST_PAGE))
    with pytest.raises(Refused, match="robots"):
        fetch(opener, web.serve("/a.pdf", Answer(PDF)), into, interval=0)


def test_a_server_that_asks_to_wait_is_left_alone_until_then(
    web: Site, opener: Opener, into: Path, clock: Clock
) -> None:
    addresses = [web.serve(f"/{number}.pdf", Answer(status=503, headers={"Retry-After": "300"})) for number in range(9)]
    source = opener(kind="urls", urls=addresses, interval=0, retries=2)
    for listing in source.list():
        with pytest.raises(NotAsked):
            source.fetch(listing, None, into)
    assert web.asked == {"/0.pdf": 3}
    assert clock.time == 600
    web.serve("/8.pdf", Answer(PDF))
    clock.time += 301
    assert isinstance(source.fetch(listing, None, into), Fetched)


def test_a_body_that_is_cut_in_its_packing_is_not_taken_for_whole(web: Site, opener: Opener, into: Path) -> None:
    """Its length is as said: only the packing tells that something is missing."""
    packed = gzip.compress(PDF, mtime=0)[:-9]
    address = web.serve("/a.pdf", Answer(packed, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(Unreachable, match="its compressed content is incomplete"):
        fetch(opener, address, into, retries=0)
    assert list(into.iterdir()) == []


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_what_comes_after_packed_bytes_is_not_listened_to(web: Site, opener: Opener, into: Path, packing: str) -> None:
    packed = gzip.compress(PDF) if packing == "gzip" else zlib.compress(PDF)
    endless = Answer(lambda: chain([packed], repeat(MEGABYTE, 500)), headers={"Content-Encoding": packing})
    assert fetch_file(opener, web.serve("/a.pdf", endless), into).data_path.read_bytes() == PDF
    assert web.sent < 100 << 20


def test_packed_bytes_that_hold_nothing_come_to_an_end(web: Site, opener: Opener, into: Path) -> None:
    empty_blocks = b"\x00\x00\x00\xff\xff" * 200_000
    start = zlib.compress(b"")[:2]
    endless = Answer(lambda: chain([start], repeat(empty_blocks, 500)), headers={"Content-Encoding": "deflate"})
    with pytest.raises(TooLarge, match="compressed bytes"):
        fetch(opener, web.serve("/a.pdf", endless), into, max_bytes=1 << 20)
    assert web.sent < 100 << 20


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
@pytest.mark.parametrize("window", [zlib.MAX_WBITS, -zlib.MAX_WBITS])
def test_deflated_bodies_come_in_both_ways_and_in_any_pieces(
    web: Site, opener: Opener, into: Path, window: int, size: int
) -> None:
    packer = zlib.compressobj(wbits=window)
    packed = packer.compress(PDF) + packer.flush()
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    address = web.serve("/a.pdf", Answer(lambda: pieces, headers={"Content-Encoding": "deflate"}))
    assert fetch_file(opener, address, into).data_path.read_bytes() == PDF


@pytest.mark.parametrize("cookie", ["a=\xdc", "\xe9=1", f"a={'x' * 5000}"])
def test_a_cookie_that_cannot_be_sent_back_spoils_nothing(web: Site, opener: Opener, into: Path, cookie: str) -> None:
    urls = [web.serve(f"/{name}.pdf", Answer(PDF, headers={"Set-Cookie": cookie})) for name in "ab"]
    source = opener(kind="urls", urls=urls)
    assert [type(source.fetch(listing, None, into)) for listing in source.list()] == [Fetched, Fetched]
    assert [request.headers.get("cookie") for request in web.requests] == [None] * 3


def test_cookies_that_can_be_sent_are_and_not_without_end(web: Site, opener: Opener, into: Path) -> None:
    urls = [
        web.serve(f"/{number}.pdf", Answer(PDF, headers={"Set-Cookie": f"a{number}=1"}))
        for number in range(MOST_COOKIES + 2)
    ]
    source = opener(kind="urls", urls=urls, interval=0)
    for listing in source.list():
        source.fetch(listing, None, into)
    assert len(web.requests[-1].headers["cookie"].split(";")) == MOST_COOKIES
