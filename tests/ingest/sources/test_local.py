from __future__ import annotations

import os
from pathlib import Path

import pytest

from perftable_etl.errors import IncompleteListing, NotAsked, NotFound, OverBudget, Refused, TooLarge, Unreachable
from perftable_etl.ingest.sources.source import Fetched, NotModified
from tests.ingest.sources.conftest import Opener
from tests.servers import PDF
from tests.strange_disks import answer_too_late, write_while_read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "disclosures"
    for name in ("b.pdf", "上海 1/#2?.PDF", "notes.doc", "a.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"text" if name.endswith("txt") else PDF)
    return folder


def test_files_are_listed_in_order_and_fetched(folder: Path, opener: Opener, into: Path) -> None:
    source = opener(kind="local", folders=["disclosures"])
    listings = tuple(source.list())
    assert [listing.name for listing in listings] == ["a.txt", "b.pdf", "#2?.PDF"]
    assert listings[1].uri == (folder / "b.pdf").as_uri()
    assert listings[1].size == len(PDF)
    fetched = [source.fetch(listing, None, into) for listing in listings]
    assert [file.media_type for file in fetched if isinstance(file, Fetched)] == [
        "text/plain",
        "application/pdf",
        "application/pdf",
    ]
    assert (folder / "b.pdf").exists()


def test_what_is_known_is_not_read(folder: Path, opener: Opener, into: Path) -> None:
    source = opener(kind="local", folders=[str(folder)], include=["*/*.pdf"])
    (listing,) = source.list()
    assert source.fetch(listing, listing.validators, into) == NotModified()
    os.utime(folder / "上海 1/#2?.PDF", ns=(1, 1))
    changed = source.fetch(listing, listing.validators, into)
    assert isinstance(changed, Fetched)
    assert changed.modified == "1"


def test_what_is_no_file_is_not_listed(folder: Path, opener: Opener) -> None:
    (folder / "broken.pdf").symlink_to(folder / "missing")
    (folder / "folder.pdf").mkdir()
    assert [listing.name for listing in opener(kind="local", folders=[str(folder)], include=["*.pdf"]).list()] == [
        "b.pdf",
        "#2?.PDF",
    ]


def test_what_is_named_as_a_file_and_is_none_is_said(folder: Path, opener: Opener) -> None:
    os.mkfifo(folder / "fifo.pdf")
    listings = opener(kind="local", folders=[str(folder)]).list()
    assert [next(listings).name for _ in range(3)] == ["a.txt", "b.pdf", "#2?.PDF"]
    with pytest.raises(IncompleteListing, match=r"fifo\.pdf cannot be read \(it is a named pipe, not a file\)"):
        next(listings)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.pdf").write_bytes(PDF)
    return outside


def test_a_link_that_leads_out_is_refused_unless_the_source_says_so(
    folder: Path, outside: Path, opener: Opener, into: Path
) -> None:
    (folder / "c.pdf").symlink_to(outside / "secret.pdf")
    (folder / "d.pdf").symlink_to(folder / "b.pdf")
    source = opener(kind="local", folders=[str(folder)])
    listings = {listing.name: listing for listing in source.list()}
    assert isinstance(source.fetch(listings["d.pdf"], None, into), Fetched)
    with pytest.raises(Refused, match="set follow_symlinks = true"):
        source.fetch(listings["c.pdf"], None, into)
    trusting = opener(kind="local", folders=[str(folder)], follow_symlinks=True)
    assert isinstance(trusting.fetch(listings["c.pdf"], None, into), Fetched)


def test_a_folder_that_a_link_leads_to_is_searched_if_the_source_says_so(
    folder: Path, outside: Path, opener: Opener
) -> None:
    (folder / "z").symlink_to(outside)
    (outside / "circle").symlink_to(outside)
    listings = opener(kind="local", folders=[str(folder)]).list()
    with pytest.raises(IncompleteListing, match="z is a link that leads out of the source's folders; set follow_sym"):
        tuple(listings)
    trusting = opener(kind="local", folders=[str(folder)], include=["z/*"], follow_symlinks=True)
    assert [listing.uri for listing in trusting.list()] == [(folder / "z" / "secret.pdf").as_uri()]


def test_links_in_a_circle_are_said(folder: Path, opener: Opener) -> None:
    (folder / "c.pdf").symlink_to(folder / "c.pdf")
    listings = opener(kind="local", folders=[str(folder)], include=["c.pdf"]).list()
    with pytest.raises(IncompleteListing, match=r"c\.pdf cannot be read"):
        next(listings)


@pytest.mark.skipif(os.sep != "/", reason="names are bytes on POSIX only")
def test_names_in_gb18030(folder: Path, opener: Opener, into: Path) -> None:
    name = os.fsdecode("附件.pdf".encode("gb18030"))
    try:
        (folder / name).write_bytes(PDF)
    except OSError:
        pytest.skip("this file system keeps names in UTF-8")
    source = opener(kind="local", folders=[str(folder)])
    listings = tuple(source.list())
    assert "附件.pdf" in [listing.name for listing in listings]
    assert all(isinstance(source.fetch(listing, None, into), Fetched) for listing in listings)


def test_a_folder_that_is_missing_is_said_when_the_others_have_been(folder: Path, opener: Opener) -> None:
    source = opener(kind="local", folders=["gone", str(folder)])
    listings = source.list()
    assert [next(listings).name for _ in range(3)] == ["a.txt", "b.pdf", "#2?.PDF"]
    with pytest.raises(IncompleteListing, match="gone cannot be read"):
        next(listings)


def test_a_file_that_is_gone_costs_itself(folder: Path, opener: Opener, into: Path) -> None:
    source = opener(kind="local", folders=[str(folder)])
    first, *_ = source.list()
    (folder / "a.txt").unlink()
    with pytest.raises(NotFound, match="is gone"):
        source.fetch(first, None, into)


def test_a_file_that_is_being_written_is_left_to_the_next_run(
    folder: Path, opener: Opener, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = opener(kind="local", folders=[str(folder)])
    _, listing, _ = source.list()
    write_while_read(folder / "b.pdf", monkeypatch)
    with pytest.raises(Unreachable, match="changed while it was read"):
        source.fetch(listing, None, into)
    assert list(into.iterdir()) == []


def test_a_disk_that_gives_no_answer_is_asked_once(
    folder: Path, opener: Opener, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files have not failed: what the ledger says of them stays."""
    source = opener(kind="local", folders=[str(folder)])
    first, second, elsewhere = source.list()
    with monkeypatch.context() as patch:
        answer_too_late("a.txt", patch)
        with pytest.raises(NotAsked, match="is left for the next run: its disk did not answer for 60 seconds"):
            source.fetch(first, None, into)
    with pytest.raises(NotAsked, match="was not read: its disk did not answer before"):
        source.fetch(second, None, into)
    assert isinstance(source.fetch(elsewhere, None, into), Fetched)


@pytest.mark.parametrize(("caps", "error"), [({"max_bytes": 3}, TooLarge), ({"max_total_bytes": 3}, OverBudget)])
def test_caps_hold_here_too(
    folder: Path, opener: Opener, into: Path, caps: dict[str, int], error: type[Exception]
) -> None:
    source = opener(kind="local", folders=[str(folder)], **caps)
    first, *_ = source.list()
    with pytest.raises(error):
        source.fetch(first, None, into)
    assert list(into.iterdir()) == []
