"""The set of vocabulary and layouts: what a wrong file is told, whose words come first, who disturbs whom."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from perftable_etl.errors import LayoutError
from perftable_etl.fingerprint import fingerprint
from perftable_etl.normalize.layouts.collection import default_layouts, read_layouts

FAMILY = """
form_kind = "declaration"
money_unit = "万元"
[claim]
all = ["事业名称"]
[[variants]]
name = "invented"
"""
WORDS = '[fields]\nname = ["事业名称"]\n'


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("form_kind = ", ["a.toml", "no TOML", "at end of document"]),
        (FAMILY + '[fields]\nnom = ["x"]\n', ["a.toml", "fields.nom", "name", "implementing_unit"]),
        (FAMILY + '[money.year]\ndonor = ["x"]\n', ["a.toml", "money.year.donor", "fiscal", "carryover"]),
        (FAMILY + '[money.later]\nall = ["x"]\n', ["a.toml", "money.later", "total", "executed"]),
        (FAMILY + '[columns]\nlevel4 = ["x"]\n', ["a.toml", "columns.level4", "level3", "weight"]),
        (FAMILY + 'unit = "元"\n', ["a.toml", "unit"]),
        (FAMILY + "[head_patterns]\nunit = '单位('\n", ["a.toml", "head_patterns.unit", "no regular expression"]),
        (FAMILY + "[label_patterns]\nname = '(项目)名'\n", ["a.toml", "label_patterns.name", "a group that captures"]),
        (FAMILY.replace("万元", "美元"), ["a.toml", "money_unit", "千元"]),
        (FAMILY.replace('"declaration"', '"letter"'), ["a.toml", "form_kind", "declaration"]),
        (FAMILY.replace("[[variants]]", "[claims]"), ["a.toml", "claims", "allowed", "variants"]),
        (FAMILY.replace('"invented"', '"shanghai-municipal-2024"'), ["a.toml", "shanghai-municipal-2024"]),
        (FAMILY.replace('all = ["事业名称"]', 'all = "事业名称"'), ["a.toml", "claim.all"]),
        (FAMILY + '[fields]\nname = [""]\n', ["a.toml", "fields.name.0"]),
    ],
)
def test_a_wrong_file_is_told_with_its_key_and_what_is_allowed(text: str, told: list[str], tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as error:
        read_layouts(folder(tmp_path, a=text))
    assert [word for word in told if word not in str(error.value)] == []
    assert "\n" not in str(error.value)
    assert error.value.exit_code == 2


def test_a_folder_without_layouts_is_told(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="no layouts"):
        read_layouts(tmp_path)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(FAMILY.encode("gb18030"))
    with pytest.raises(LayoutError, match="UTF-8"):
        read_layouts(tmp_path)


def test_a_vocabulary_adds_spellings_for_all_forms(tmp_path: Path) -> None:
    layouts = read_layouts(folder(tmp_path, vocabulary='[fields]\nname = ["工程名称"]\n'))
    assert [layouts.vocabulary.concept(text) for text in ("工程名称", "项目名称")] == ["name", "name"]
    assert layouts.names == default_layouts().names


def test_a_family_disturbs_no_document_that_prints_nothing_of_it(tmp_path: Path) -> None:
    """Its words are not even asked where no form can be its."""
    layouts = read_layouts(folder(tmp_path, a=FAMILY + '[fields]\nnature = ["项目名称"]\nname = ["事业名称"]\n'))
    other, own = layouts.narrowed(["项目名称", "河道养护"]), layouts.narrowed(["事业\n名称", "河道养护"])
    assert other.vocabulary.concept("项目名称") == "name"
    assert own.vocabulary.concept("项目名称") == "nature"
    assert other is layouts.narrowed(["项目名称"])  # patterns are made for each vocabulary once
    assert layouts.names == other.names


def test_each_layout_is_read_by_its_own_words(tmp_path: Path) -> None:
    layouts = read_layouts(folder(tmp_path, a=FAMILY + WORDS))
    known = {layout.name: layout.vocabulary.concept("事业名称") for layout in layouts.layouts}
    assert known == {name: "name" if name == "invented" else None for name in layouts.names}


def test_another_process_makes_it_again_from_its_files_once(tmp_path: Path) -> None:
    layouts = read_layouts(folder(tmp_path, a=FAMILY + WORDS))
    sent = pickle.dumps(layouts)
    assert len(sent) < 1000
    assert pickle.loads(sent) is pickle.loads(sent) is layouts
    assert pickle.loads(pickle.dumps(default_layouts())) is default_layouts()


def test_the_fingerprint_takes_in_what_was_added(tmp_path: Path) -> None:
    one = read_layouts(folder(tmp_path, a=FAMILY)).digest
    two = read_layouts(folder(tmp_path, a=FAMILY + WORDS)).digest
    assert len({fingerprint(), fingerprint(one), fingerprint(two)}) == 3
    assert fingerprint(default_layouts().digest) == fingerprint()
