from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import pytest

from perftable_etl.web.addresses import decoded, meant, shown, told

HERE = Path("/srv/night")
EMPTY = (HERE / "inbox" / "上海" / "空.pdf").as_uri()
FULL = "file:///srv/night/inbox/%E5%8C%97%E4%BA%AC/full.pdf"
PAGE = "https://czj.example.cn/" + quote("公开") + "/%BF%D5.pdf?id=%E4%B8%80%20b"


def test_chinese_is_read_and_what_an_address_is_made_of_stays() -> None:
    assert decoded(PAGE) == "https://czj.example.cn/公开/空.pdf?id=一%20b"
    assert decoded("%1B%0D%E2%80%AE%C2%9B%2F%25") == "%1B%0D%E2%80%AE%C2%9B%2F%25"
    assert decoded("100% of %zz and %FF") == "100% of %zz and %FF"


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        (EMPTY, "inbox/上海/空.pdf"),
        ("file:///srv/other/a%20b%23.pdf", "/srv/other/a b#.pdf"),
        ("file:///srv/night/%BF%D5.pdf", "空.pdf"),
        ("s3://bucket/2026/空?.pdf", "s3://bucket/2026/空?.pdf"),
        (PAGE, "https://czj.example.cn/公开/空.pdf?id=一%20b"),
    ],
)
def test_an_address_is_shown_decoded_and_from_the_folder_on_and_is_understood_again(uri: str, address: str) -> None:
    assert shown(uri, HERE) == address
    assert meant(address, [FULL, uri], HERE) == (uri,)
    assert meant(uri, [FULL, uri], HERE) == (uri,)


def test_what_a_terminal_showed_is_understood() -> None:
    uri = (HERE / "a\x1b[2J\n.pdf").as_uri()
    assert meant(r"a\x1b[2J\n.pdf", [FULL, uri], HERE) == (uri,)


@pytest.mark.parametrize("word", ["./inbox/上海/空.pdf", "inbox/../inbox/上海/空.pdf", "上海/空.pdf", "空.pdf"])
def test_paths_and_their_ends_are_understood(word: str) -> None:
    assert meant(word, [FULL, EMPTY, PAGE.replace(".pdf", ".doc")], HERE) == (EMPTY,)


def test_an_end_of_several_addresses_means_all_of_them_and_part_of_a_name_none() -> None:
    other = (HERE / "北京" / "空.pdf").as_uri()
    assert meant("空.pdf", [EMPTY, other], HERE) == (EMPTY, other)
    assert meant("inbox/上海/空.pdf", [EMPTY, (HERE / "x" / "inbox" / "上海" / "空.pdf").as_uri()], HERE) == (EMPTY,)
    assert meant("pty.pdf", ["file:///srv/empty.pdf"], HERE) == ()
    assert meant("a\0.pdf", [EMPTY], HERE) == ()


def test_a_file_behind_a_link_is_understood_by_either_name(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    (real / "a.pdf").touch()
    link.symlink_to(real)
    uri = (real / "a.pdf").as_uri()
    assert meant("link/a.pdf", [uri], tmp_path) == meant("real/a.pdf", [uri], tmp_path) == (uri,)


@pytest.mark.parametrize(
    ("uri", "message", "line"),
    [
        (EMPTY, "空.pdf: it is empty", "inbox/上海/空.pdf: it is empty"),
        (EMPTY, "/srv/night/inbox/上海/空.pdf is gone", "inbox/上海/空.pdf is gone"),
        (EMPTY, f"{EMPTY} has too many bytes", "inbox/上海/空.pdf has too many bytes"),
        (PAGE, f"{PAGE} is gone", f"{decoded(PAGE)} is gone"),
        (EMPTY, "空.pdf is text, not a PDF", "inbox/上海/空.pdf is text, not a PDF"),
        (PAGE, "no answer", f"{decoded(PAGE)}: no answer"),
    ],
)
def test_a_message_names_its_address_once(uri: str, message: str, line: str) -> None:
    assert told(uri, message, [HERE]) == line


def test_a_name_that_is_no_utf_8_is_shown_in_gb18030(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("空.pdf".encode("gb18030"))
    assert shown(path.as_uri(), tmp_path) == "空.pdf"
