"""What a Word document prints, one way of saying something at a time."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from perftable_etl.document import Grid, Line
from perftable_etl.extract.office import read_docx
from perftable_etl.tables import TableDocument
from tests.drawing.office_word import NAMESPACES, docx_package, paragraph

P = paragraph


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def run(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def read(body: str, **parts: str) -> TableDocument:
    return read_docx(docx_package(body, parts))


def lines(document: TableDocument) -> list[str]:
    return [block.text for page in document.pages for block in page.blocks if isinstance(block, Line)]


def cells(document: TableDocument) -> list[list[tuple[object, ...]]]:
    grids = [block for page in document.pages for block in page.blocks if isinstance(block, Grid)]
    return [[tuple(one[:5]) for one in grid.cells] for grid in grids]


def form_field(data: str) -> str:
    """A field of a form, as Word 97 has them."""
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>'
    return run(begin) + run('<w:fldChar w:fldCharType="end"/>')


TEXTS: dict[str, tuple[str, str]] = {
    "a symbol by its code": (run('<w:sym w:font="Wingdings 2" w:char="F052"/>') + run("<w:t>是</w:t>"), "☑是"),
    "a letter in a symbol font": (run("<w:t>R</w:t>", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'), "☑"),
    "≥ in Symbol": (run('<w:sym w:font="Symbol" w:char="F0B3"/>') + run("<w:t>90%</w:t>"), "≥90%"),
    "a sign without a name": (run('<w:sym w:font="Wingdings" w:char="F021"/>'), "\uf021"),
    "an inserted text": ('<w:ins w:id="1">' + run("<w:t>新</w:t>") + "</w:ins>", "新"),
    "a removed text": ("<w:del>" + run("<w:delText>旧</w:delText>") + "</w:del>" + run("<w:t>新</w:t>"), "新"),
    "a moved text": (
        f"<w:moveFrom>{run('<w:t>旧</w:t>')}</w:moveFrom><w:moveTo>{run('<w:t>新</w:t>')}</w:moveTo>",
        "新",
    ),
    "a break and a hyphen": (run("<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/>"), "a-b"),
    "a simple field": ('<w:fldSimple w:instr="DATE">' + run("<w:t>5月</w:t>") + "</w:fldSimple>", "5月"),
    "a field of several runs": (
        run('<w:fldChar w:fldCharType="begin"/>')
        + run("<w:instrText>DATE</w:instrText><w:t>code</w:t>")
        + run('<w:fldChar w:fldCharType="separate"/>')
        + run("<w:t>5月</w:t>")
        + run('<w:fldChar w:fldCharType="end"/>'),
        "5月",
    ),
    "a ticked box": (
        form_field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') + run("<w:t>是</w:t>"),
        "☑是",
    ),
    "a box": (form_field('<w:checkBox><w:default w:val="0"/></w:checkBox>') + run("<w:t>否</w:t>"), "□否"),
    "a chosen entry": (
        form_field('<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>'),
        "乙",
    ),
    "a content control": (
        "<w:sdt><w:sdtPr/><w:sdtContent>" + run("<w:t>值</w:t>") + "</w:sdtContent></w:sdt>",
        "值",
    ),
    "a formula": ('<m:oMath xmlns:m="urn:m"><m:r><m:t>≥5</m:t></m:r></m:oMath>', "≥5"),
    "a word with its reading": (
        run(f"<w:ruby><w:rt>{run('<w:t>du</w:t>')}</w:rt><w:rubyBase>{run('<w:t>读</w:t>')}</w:rubyBase></w:ruby>"),
        "读",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_paragraph_prints(name: str) -> None:
    content, printed = TEXTS[name]
    assert lines(read(f"<w:p>{content}</w:p>")) == [printed]


def test_hidden_text_and_prompts_are_left_out_and_told() -> None:
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + run("<w:t>单击此处</w:t>")
        + "</w:sdtContent></w:sdt>"
    )
    document = read(f"<w:p>{run('<w:t>见</w:t>')}{run('<w:t>不见</w:t>', '<w:vanish/>')}{prompt}</w:p>")
    assert lines(document) == ["见"]
    assert [(one.kind, one.text) for one in document.unseen] == [("hidden_text", "不见"), ("hidden_text", "单击此处")]


def test_a_paragraph_whose_end_is_removed_goes_on_in_the_next() -> None:
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('<w:t>前</w:t>')}</w:p>{P('后')}"
    assert lines(read(joined)) == ["前后"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{P('框')}</w:txbxContent>"
    choice = (
        '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:drawing><wps xmlns="urn:s">' + box + "</wps></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(read(f"<w:p>{run(choice)}{run('<w:t>文</w:t>')}</w:p>")) == ["文", "框"]
    assert cells(read(table(row(cell(f"<w:p>{run(choice)}{run('<w:t>文</w:t>')}</w:p>"))))) == [
        [("文\n框", 0, 0, 1, 1)]
    ]


def test_notes_follow_what_refers_to_them() -> None:
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{P("注释")}</w:footnote></w:footnotes>'
    reference = run('<w:footnoteReference w:id="2"/>')
    document = read(table(row(cell(f"<w:p>{run('<w:t>90</w:t>')}{reference}</w:p>"))) + P("后"), footnotes=notes)
    assert (cells(document), lines(document)) == ([[("90", 0, 0, 1, 1)]], ["注释", "后"])


def numbering(style: str, text: str) -> str:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="3">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="3"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )


def numbered(text: str, number: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(f'<w:t>{text}</w:t>')}</w:p>"


@pytest.mark.parametrize(
    ("style", "text", "printed"),
    [
        ("decimal", "%1.", ["1. a", "2. b", "1. c"]),
        ("chineseCounting", "（%1）", ["（一） a", "（二） b", "（一） c"]),
        ("decimalEnclosedCircle", "%1", ["① a", "② b", "① c"]),
        ("upperLetter", "%1)", ["A) a", "B) b", "A) c"]),
        ("lowerRoman", "%1", ["i a", "ii b", "i c"]),
        ("ideographTraditional", "%1、", ["甲、 a", "乙、 b", "甲、 c"]),
        ("bullet", "•", ["• a", "• b", "• c"]),
        ("none", "", ["a", "b", "c"]),
    ],
)  # fmt: skip
def test_numbers_of_lists_are_printed(style: str, text: str, printed: Sequence[str]) -> None:
    body = numbered("a") + numbered("b") + numbered("c", 2)
    assert lines(read(body, numbering=numbering(style, text))) == printed


def test_a_cell_that_goes_on_without_a_beginning_begins() -> None:
    body = table(
        row(cell(P("a")), cell(P("b"))),
        row(cell(P("c"), "<w:vMerge/>"), cell(P("d"))),
        row(cell("<w:p/>", "<w:vMerge/>"), cell(P("e"))),
    )
    assert cells(read(body)) == [
        [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 0, 2, 1), ("d", 1, 1, 1, 1), ("e", 2, 1, 1, 1)]
    ]


def test_cells_merged_as_old_files_say_it() -> None:
    body = table(
        row(cell(P("a"), '<w:hMerge w:val="restart"/>'), cell("<w:p/>", "<w:hMerge/>")), row(cell(P("b")), cell(P("c")))
    )
    assert cells(read(body)) == [[("a", 0, 0, 1, 2), ("b", 1, 0, 1, 1), ("c", 1, 1, 1, 1)]]


def test_a_row_may_begin_and_end_later_than_others() -> None:
    body = table(
        row(*[cell(P(text)) for text in "abc"]),
        row(cell(P("d")), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    )
    assert cells(read(body))[0][3:] == [("", 1, 0, 1, 1), ("d", 1, 1, 1, 1), ("", 1, 2, 1, 1)]


def test_hidden_and_removed_rows_are_no_rows() -> None:
    body = table(
        row(cell(P("a"))),
        row(cell(P("不见")), properties="<w:hidden/>"),
        row(cell(P("旧")), properties="<w:del/>"),
        row(cell(P("b"))),
    )
    document = read(body)
    assert cells(document) == [[("a", 0, 0, 1, 1), ("b", 1, 0, 1, 1)]]
    assert [one.text for one in document.unseen] == ["不见"]


def test_a_table_in_a_cell_beside_others_is_part_of_the_table() -> None:
    inner = table(row(cell(P("x")), cell(P("y"))), row(cell(P("z"), '<w:gridSpan w:val="2"/>')))
    document = read(table(row(cell(P("侧")), cell(inner + "<w:p/>")), row(cell(P("a")), cell(P("b")))))
    assert cells(document) == [
        [
            ("侧", 0, 0, 2, 1),
            ("x", 0, 1, 1, 1),
            ("y", 0, 2, 1, 1),
            ("z", 1, 1, 1, 2),
            ("a", 2, 0, 1, 1),
            ("b", 2, 1, 1, 2),
        ]
    ]


def test_anchors_name_table_and_row() -> None:
    document = read(P("题") + table(row(cell(P("a"))), row(cell(P("b")))) + P("下") + table(row(cell(P("c")))))
    places = [block.place for page in document.pages for block in page.blocks if isinstance(block, Line)]
    assert [document.anchor(place) for place in places] == ["table 1, 1 lines above", "table 2, 1 lines above"]
