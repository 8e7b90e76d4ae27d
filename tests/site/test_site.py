"""The site as files: made whole or not at all, only what changed, and nothing in it that a file could command."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from hatchling.builders.wheel import WheelBuilder

from perftable_etl.errors import UsageError
from perftable_etl.form_fields import FIELDS, INDICATOR_FIELDS
from perftable_etl.load.corrections.sheet import SheetRow
from perftable_etl.report.site.folder import MARKER, drafted, marker_of
from perftable_etl.report.site.json_script import json_script
from perftable_etl.report.site.pages import asset_files
from tests.cli.script import run_script
from tests.site import chromium
from tests.site.conftest import SAMPLE, TEXT, Site, given

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "src" / "perftable_etl" / "report" / "site" / "assets"
HOSTILE = "</script><script>alert(1)</script>]]><!--\u2028\u2029\u202e\ud800&amp;'\""


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """By the path of each file, which file it is and when it was written."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def words(language: str) -> list[str]:
    return re.findall(r"^    (\w+): ", (ASSETS / "words" / f"{language}.js").read_text("utf-8"), re.MULTILINE)


def test_a_script_says_what_it_is_given_and_nothing_else() -> None:
    script = json_script("name", {HOSTILE: [HOSTILE]}).decode()
    data = script.removeprefix('perftable.give("name",').removesuffix(");\n")
    assert json.loads(data) == {HOSTILE: [HOSTILE]}
    assert not set(data) & set("<>&\u2028\u2029\u202e\n")
    assert script.isascii() or script.encode("utf-8")


def test_a_second_report_makes_only_what_changed(own_site: Site) -> None:
    first = own_site.build()
    before = stamps(own_site.folder)
    assert first.drawn == first.documents == 4
    second = own_site.build()
    assert (second.drawn, second.written) == (0, 0)
    assert stamps(own_site.folder) == before
    with duckdb.connect(own_site.db) as connection:
        connection.execute("UPDATE documents SET title = 'another' WHERE file_name = 'games.txt'")
    own_site.build()
    after = stamps(own_site.folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"data/documents.js", f"records/{own_site.key(TEXT)}.js"}


def test_a_document_without_bytes_says_so_and_shows_its_record(own_site: Site, tmp_path: Path) -> None:
    with duckdb.connect(own_site.db) as connection:
        connection.execute("UPDATE documents SET source_uri = 'file:///nowhere/' || file_name")
    result = own_site.build()
    assert (result.not_found, result.not_drawn) == (4, 0)
    printed = (own_site.folder / "printed" / own_site.key(TEXT) / "printed.js").read_text("utf-8")
    assert '"reason":"not_found"' in printed


def test_other_bytes_at_its_place_are_not_shown(own_site: Site, tmp_path: Path) -> None:
    other = shutil.copy(own_site.files / "district-2026.writer.pdf", tmp_path / "expo.pdf")
    with duckdb.connect(own_site.db) as connection:
        connection.execute("UPDATE documents SET source_uri = ? WHERE file_name = 'expo.pdf'", [Path(other).as_uri()])
    assert own_site.build().not_found == 1


def test_a_file_that_cannot_be_drawn_costs_its_own_images_only(own_site: Site, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n1 0 obj << broken")
    document_id = hashlib.sha256(broken.read_bytes()).hexdigest()
    with duckdb.connect(own_site.db) as connection:
        connection.execute(
            "UPDATE documents SET source_uri = ?, document_id = ? WHERE file_name = ?",
            [broken.as_uri(), document_id, SAMPLE],
        )
    result = own_site.build()
    assert (result.drawn, result.not_found, result.not_drawn) == (4, 0, 1)
    assert given(own_site.folder / "printed" / document_id[:16] / "printed.js")["reason"] == "failed"
    assert own_site.build().drawn == 0


def test_the_command_says_what_to_open_and_refuses_what_is_not_a_site(read: Site, tmp_path: Path) -> None:
    made = run_script("report", "--db", read.db, "--to", tmp_path / "site", "--archive", tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.splitlines()[-1] == f"Open {tmp_path / 'site' / 'index.html'} in a browser."
    refused = run_script("report", "--db", read.db, "--to", read.files)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "holds other files" in refused.stderr


def test_without_a_chromium_the_tests_say_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(chromium, "OF_MACOS", Path("/nowhere"))
    with pytest.raises(pytest.fail.Exception, match="playwright install chromium"):
        chromium.find_chromium("/nowhere")


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(UsageError, match="holds other files"):
        marker_of(tmp_path)
    (tmp_path / MARKER).write_text("[]")
    with pytest.raises(UsageError, match="damaged"):
        marker_of(tmp_path)


def test_a_run_that_fails_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with drafted(site) as draft:
        draft.put("index.html", b"first")
    with pytest.raises(RuntimeError), drafted(site) as draft:
        draft.put("index.html", b"second")
        raise RuntimeError
    assert (site / "index.html").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path) -> None:
    left = tmp_path / ".site.draft-killed"
    left.mkdir()
    with drafted(tmp_path / "site") as draft:
        draft.put("index.html", b"")
    assert not left.exists()


def test_both_languages_have_the_same_words() -> None:
    assert words("en") == words("zh")
    assert len(set(words("en"))) == len(words("en"))


def test_every_word_is_used() -> None:
    scripts = "".join(
        path.read_text("utf-8") for path in ASSETS.rglob("*.js") if path.parent.name not in {"vendor", "words"}
    )
    templates = "".join(path.read_text("utf-8") for path in (ASSETS.parent / "templates").iterdir())
    families = tuple(re.findall(r"`(\w+_)\$\{", scripts))
    unused = [word for word in words("en") if f'"{word}"' not in scripts + templates and not word.startswith(families)]
    assert unused == []


def test_every_field_has_a_name_in_both_languages(site: Site) -> None:
    terms = site.data("site")["terms"]
    assert list(terms["project"]) == list(FIELDS)
    assert list(terms["indicator"]) == list(INDICATOR_FIELDS)
    names = [name for group in terms.values() for name in group.values()]
    assert all(name["zh"] and name["en"] for name in names)


def test_the_sheet_of_the_site_has_the_columns_of_ours(site: Site) -> None:
    queue = site.data("queue")
    assert queue["columns"] == list(SheetRow._fields)
    waiting = {row["finding_id"] for row in site.record(TEXT)["findings"] if "sheet" in row}
    assert {one for one, document, _ in queue["findings"] if document == site.key(TEXT)} == waiting


def test_libraries_are_those_that_their_list_names() -> None:
    vendor = ASSETS / "vendor"
    listed = json.loads((vendor / "versions.json").read_text("utf-8"))
    hashes = {name: value for library in listed for name, value in library["sha256"].items()}
    licences = {library["licence_file"] for library in listed}
    assert {path.name for path in vendor.iterdir()} == {*hashes, *licences, "versions.json"}
    for name, value in hashes.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == value, name


def test_a_wheel_has_all_that_a_site_needs() -> None:
    packed = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    home = "perftable_etl/report/site"
    needed = {f"{home}/assets/{name}" for name, _ in asset_files()}
    assert needed | {f"{home}/templates/document.html"} <= packed
