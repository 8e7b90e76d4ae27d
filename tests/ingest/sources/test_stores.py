"""Object stores: a real S3 server on this machine, and fsspec's own."""

from __future__ import annotations

from pathlib import Path

import fsspec
import pytest

from perftable_etl.errors import ConfigError, IncompleteListing, NotFound, TooLarge, Unreachable
from perftable_etl.ingest.sources.source import Fetched, NotModified
from tests.ingest.sources.conftest import Opener
from tests.object_store import ObjectStore
from tests.servers import PDF


@pytest.fixture
def s3(s3: ObjectStore) -> fsspec.AbstractFileSystem:
    store = fsspec.filesystem("s3")
    if not store.exists("disclosures"):
        store.mkdir("disclosures")
    for key, data in {"2021/上海/a b.pdf": PDF, "2021/b.txt": b"text", "2021/c.zip": b"", "2022/d.pdf": PDF}.items():
        store.pipe_file(f"disclosures/{key}", data)
    return store


def test_objects_are_listed_and_fetched(s3: fsspec.AbstractFileSystem, opener: Opener, into: Path) -> None:
    source = opener(kind="fsspec", url="s3://disclosures/2021")
    first, second = source.list()
    assert (first.uri, first.name, second.uri, second.name) == (
        "s3://disclosures/2021/b.txt",
        "b.txt",
        "s3://disclosures/2021/上海/a b.pdf",
        "a b.pdf",
    )
    assert second.size == len(PDF)
    fetched = source.fetch(second, None, into)
    assert isinstance(fetched, Fetched)
    assert fetched.data_path.read_bytes() == PDF
    assert fetched.media_type == "application/pdf"
    assert fetched.etag == second.etag is not None


def test_what_is_known_is_not_downloaded_again(s3: fsspec.AbstractFileSystem, opener: Opener, into: Path) -> None:
    source = opener(kind="fsspec", url="s3://disclosures/2022/")
    (before,) = source.list()
    assert source.fetch(before, before.validators, into) == NotModified()
    s3.pipe_file("disclosures/2022/d.pdf", PDF + b"changed")
    (after,) = source.list()
    changed = source.fetch(after, before.validators, into)
    assert isinstance(changed, Fetched)
    assert changed.data_path.read_bytes() == PDF + b"changed"


def test_an_object_that_is_gone_costs_itself(s3: fsspec.AbstractFileSystem, opener: Opener, into: Path) -> None:
    source = opener(kind="fsspec", url="s3://disclosures/2022")
    (listing,) = source.list()
    s3.rm_file("disclosures/2022/d.pdf")
    with pytest.raises(NotFound, match=r"s3://disclosures/2022/d\.pdf does not exist"):
        source.fetch(listing, None, into)
    assert list(into.iterdir()) == []


def test_keys_may_hold_what_addresses_of_the_web_may_not(
    s3: fsspec.AbstractFileSystem, opener: Opener, into: Path
) -> None:
    for number, key in enumerate(("a?b.pdf", "c#d.pdf", "e%3Ff.pdf", "[1]*.pdf", "100%.pdf")):
        s3.pipe_file(f"disclosures/2023?/{key}", PDF + b"%d" % number)
    source = opener(kind="fsspec", url="s3://disclosures/2023?")
    fetched = {listing.name: source.fetch(listing, None, into) for listing in source.list()}
    assert {name: file.data_path.read_bytes() for name, file in fetched.items() if isinstance(file, Fetched)} == {
        name: PDF + number
        for name, number in {
            "a?b.pdf": b"0",
            "c#d.pdf": b"1",
            "e%3Ff.pdf": b"2",
            "[1]*.pdf": b"3",
            "100%.pdf": b"4",
        }.items()
    }


def test_a_key_that_would_give_another_object_is_not_asked_for(
    s3: fsspec.AbstractFileSystem, opener: Opener, into: Path
) -> None:
    source = opener(kind="fsspec", url="s3://disclosures/2022")
    (listing,) = source.list()
    with pytest.raises(Unreachable, match="names a version, not an object"):
        source.fetch(listing._replace(uri=f"{listing.uri}?versionId=1.pdf"), None, into)
    assert list(into.iterdir()) == []


@pytest.mark.parametrize("url", ["s3://disclosures/1999", "s3://no-such-bucket/x"])
def test_a_place_that_is_missing_is_said(s3: fsspec.AbstractFileSystem, opener: Opener, url: str) -> None:
    with pytest.raises(NotFound, match="does not exist"):
        tuple(opener(kind="fsspec", url=url).list())


def test_a_store_that_is_down_is_said(s3: fsspec.AbstractFileSystem, opener: Opener) -> None:
    options = {"endpoint_url": "http://127.0.0.1:1", "config_kwargs": {"retries": {"max_attempts": 0}}}
    with pytest.raises(Unreachable, match="s3://disclosures cannot be had: the store does not answer"):
        tuple(opener(kind="fsspec", url="s3://disclosures", options=options).list())


@pytest.mark.parametrize("protocol", ["memory", "file"])
def test_any_address_fsspec_knows(opener: Opener, into: Path, tmp_path: Path, protocol: str) -> None:
    root = f"{protocol}://{tmp_path}/store"
    fsspec.filesystem(protocol).mkdirs(f"{tmp_path}/store/[2021]")
    with fsspec.open(f"{root}/[2021]/a.PDF", "wb") as file:
        file.write(PDF)
    source = opener(kind="fsspec", url=root)
    (listing,) = source.list()
    assert listing.uri == f"{root}/[2021]/a.PDF"
    assert isinstance(source.fetch(listing, None, into), Fetched)
    assert source.fetch(listing, listing.validators, into) == NotModified()


def test_caps_hold_here_too(s3: fsspec.AbstractFileSystem, opener: Opener, into: Path) -> None:
    source = opener(kind="fsspec", url="s3://disclosures/", max_bytes=9, max_files=1)
    listings = source.list()
    with pytest.raises(IncompleteListing, match="max_files = 1"):
        next(listings), next(listings)
    with pytest.raises(TooLarge):
        source.fetch(next(source.list())._replace(uri="s3://disclosures/2022/d.pdf", size=None), None, into)


def test_an_unknown_kind_of_store_is_an_error_of_the_config(opener: Opener) -> None:
    with pytest.raises(ConfigError, match="nosuch"):
        opener(kind="fsspec", url="nosuch://x/y")
