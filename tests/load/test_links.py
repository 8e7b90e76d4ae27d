"""Links over the years in the database: what is linked, what became of it, and what is linked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pytest

from perftable_etl import parse, parse_target
from perftable_etl.linking.decided import DecidedPairs
from perftable_etl.linking.members import ProjectMember
from perftable_etl.linking.unit import Linked
from perftable_etl.linking.unit import linked as linked_years
from perftable_etl.load import links
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.records import Declaration, Direction, Funding, Indicator, Outcome
from tests.outcomes import DECLARATION, QUANTITATIVE, outcome_of
from tests.panels.drawing import Panel, draw_panel

SAMPLES = Path(__file__).parents[2] / "samples"


def indicator(name: str, target: str, direction: Direction | None = None, level2: str = "数量指标") -> Indicator:
    update = {"level2": level2, "level3": name, "target": parse_target(target), "direction": direction}
    return QUANTITATIVE.model_copy(update=update)


def project(year: int, name: str, *rows: Indicator, amount: int | None = 100, ordinal: int = 1) -> Declaration:
    numbered = tuple(row.model_copy(update={"ordinal": number}) for number, row in enumerate(rows, 1))
    update = {
        "ordinal": ordinal,
        "fiscal_year": year,
        "name": name,
        "funding": Funding(annual_funds=None if amount is None else Decimal(amount)),
        "indicators": numbered,
    }
    return DECLARATION.model_copy(update=update)


def published(*projects: Declaration, unit: str = "青岚区水务局") -> Outcome:
    year = projects[0].fiscal_year
    numbered = [one.model_copy(update={"ordinal": number}) for number, one in enumerate(projects, 1)]
    content = "|".join(one.model_dump_json() for one in numbered).encode()
    return outcome_of(
        content, f"{unit}{year}.pdf", declarations=tuple(numbered), findings=(), organization=unit, fiscal_year=year
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.duckdb"


def load(path: Path, *outcomes: Outcome) -> None:
    with Warehouse(path) as warehouse:
        for outcome in outcomes:
            warehouse.store(outcome)
        warehouse.relate()


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def changes(path: Path) -> dict[str, str]:
    """What became of each indicator."""
    return dict(query(path, "SELECT level3, change FROM year_over_year WHERE subject = 'indicator'"))


def linked(path: Path, *columns: str) -> list[tuple[Any, ...]]:
    return query(path, f"SELECT {', '.join(columns)} FROM links ORDER BY ALL")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The two years of one unit that are among the samples."""
    path = tmp_path_factory.mktemp("samples") / "two-years.duckdb"
    load(path, *(parse(SAMPLES / f"cac-{year}.writer.pdf") for year in (2024, 2025)))
    yield path


def test_the_projects_of_two_years_are_linked_and_their_money_is_compared(samples: Path) -> None:
    found = query(
        samples,
        "SELECT project, change, amount_before, amount_after, amount_difference, amount_percent FROM year_over_year"
        " WHERE subject = 'project' ORDER BY change, project",
    )
    assert found == [
        ("宣传文化发展专项资金项目", "added", None, Decimal("10740000.00"), None, None),
        ("重大活动保障", "added", None, Decimal("22058810.00"), None, None),
        (
            "网络安全和信息化工作", "decreased", Decimal("15365275.00"), Decimal("15277696.00"), Decimal("-87579.00"),
            -0.57,
        ),
        ("信息化建设项目", "dropped", Decimal("265920.00"), None, None, None),
        ("信息化运维项目", "increased", Decimal("3958829.00"), Decimal("4134328.00"), Decimal("175499.00"), 4.43),
        ("网络宣传工作", "increased", Decimal("2632000.00"), Decimal("2810000.00"), Decimal("178000.00"), 6.76),
        ("机关服务费", "same", Decimal("700000.00"), Decimal("700000.00"), Decimal("0.00"), 0.0),
    ]  # fmt: skip


def test_the_targets_of_two_years_are_compared(samples: Path) -> None:
    found = query(
        samples,
        "SELECT project, level3, target_before, target_after, change FROM year_over_year"
        " WHERE change IN ('tightened', 'loosened', 'changed')",
    )
    assert found == [("信息化运维项目", "硬件故障处理时间", "≤24.00(小时)", "≤4.00(小时)", "tightened")]
    reworded = "SELECT level3_before, level3 FROM year_over_year WHERE level3_before <> level3 ORDER BY ALL"
    assert query(samples, reworded) == [
        ("举办网络安全宣传各项重要活动", "网络安全宣传各项重要活动举办场数"),
        ("对重点单位进行网络安全抽查", "对重点单位进行网络安全抽查次数"),
        ("技术治网专项行动支撑服务", "技术治网专项行动支撑服务开展次数"),
    ]


def test_every_row_of_either_year_is_in_the_comparison_once(samples: Path) -> None:
    for side, year in (("earlier", 2024), ("later", 2025)):
        ids = f"SELECT {side}_indicator_id FROM year_over_year WHERE {side}_indicator_id IS NOT NULL"
        all_ids = f"""
            SELECT indicator_id FROM current_indicators JOIN current_projects USING (project_id)
            WHERE fiscal_year = {year}
        """
        assert sorted(query(samples, ids)) == sorted(query(samples, all_ids))


TARGETS: tuple[tuple[str, str, Direction | None, str], ...] = (
    ("≥90%", "≥95%", "higher", "tightened"),
    ("≥95%", "≥90%", "higher", "loosened"),
    ("≤24小时", "≤4小时", "lower", "tightened"),
    ("≤4小时", "≤24小时", "lower", "loosened"),
    ("≥90%", "＞90%", "higher", "tightened"),
    ("＜5天", "≤5天", "lower", "loosened"),
    ("=90%", "≥90%", "higher", "same"),
    ("≥1万元", "≥10000元", "higher", "same"),
    ("≥1万元", "≥20000元", "higher", "tightened"),
    ("12座", "14座", None, "changed"),
    ("12座", "12座", None, "same"),
    ("≥16次", "≥16家次", "higher", "unit_changed"),
    ("80%-90%", "82%-88%", None, "tightened"),
    ("82%-88%", "80%-90%", None, "loosened"),
    ("80%-90%", "85%-95%", None, "changed"),
    ("比上年增长5%", "比上年增长8%", "higher", "tightened"),
    ("比上年下降5%", "比上年下降8%", "lower", "tightened"),
    ("比上年下降8%", "比上年下降5%", "lower", "loosened"),
    ("2024年11月底前", "2025年9月底前", None, "tightened"),
    ("2024年11月底前", "2025年11月底前", None, "same"),
    ("提升", "明显提升", None, "changed"),
    ("提升", "“提升”", None, "same"),
    ("提升", "≥90%", "higher", "changed"),
)
"""Targets of two years, whether a higher or a lower one is better, and what became of them."""

MONEY: tuple[tuple[int | None, int | None, str], ...] = (
    (None, 5, "unknown"),
    (5, None, "unknown"),
    (5, 5, "same"),
    (0, 5, "increased"),
    (6, 5, "decreased"),
)


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A unit whose targets and money change in every way."""
    path = tmp_path_factory.mktemp("changes") / "two-years.duckdb"
    load(path, *(published(*of_year(side)) for side in (0, 1)))
    return path


def of_year(side: int) -> Iterator[Declaration]:
    rows = [indicator(f"第{number}处水样", case[:2][side], case[2]) for number, case in enumerate(TARGETS)]
    yield project(2024 + side, "河道养护", *rows)
    for number, amounts in enumerate(MONEY):
        yield project(2024 + side, f"第{number}处泵站检修", amount=amounts[:2][side])


@pytest.mark.parametrize("number", range(len(TARGETS)))
def test_what_became_of_a_target(two_years: Path, number: int) -> None:
    assert changes(two_years)[f"第{number}处水样"] == TARGETS[number][3]


def test_what_became_of_money(two_years: Path) -> None:
    found = query(two_years, "SELECT project, change FROM year_over_year WHERE project LIKE '第%'")
    assert dict(found) == {f"第{number}处泵站检修": change for number, (_, _, change) in enumerate(MONEY)}


def test_years_that_contradict_one_another_have_no_direction(path: Path) -> None:
    load(
        path,
        published(project(2024, "河道养护", indicator("投诉率", "≤5%", "lower"))),
        published(project(2025, "河道养护", indicator("投诉率", "≥6%", "higher"))),
    )
    assert query(path, "SELECT change, direction FROM year_over_year WHERE subject = 'indicator'") == [
        ("changed", None)
    ]


def test_what_is_left_out_for_a_year_is_linked_over_the_gap(path: Path) -> None:
    one, other = indicator("保洁次数", "≥5次", "higher"), indicator("巡查次数", "≥9次", "higher")
    load(
        path,
        published(project(2023, "河道养护", one, other), project(2023, "泵站检修", one)),
        published(project(2024, "河道养护", one)),
        published(project(2025, "河道养护", one, other), project(2025, "泵站检修", one)),
    )
    steps = query(path, "SELECT level3, earlier_year, later_year FROM year_over_year WHERE level3 = '巡查次数'")
    assert steps == [("巡查次数", 2023, 2025)]
    assert query(path, "SELECT DISTINCT change FROM year_over_year") == [("same",)]
    assert query(path, "SELECT count(DISTINCT series_id) FROM series") == [(5,)]


def test_a_year_without_a_publication_adds_and_drops_nothing(path: Path) -> None:
    load(
        path,
        published(project(2021, "河道养护", indicator("保洁次数", "≥5次"))),
        published(project(2024, "泵站检修", indicator("检修次数", "≥5次"))),
        published(project(2024, "图书采购", indicator("采购册数", "≥5册")), unit="青岚区图书馆"),
    )
    found = query(
        path, "SELECT project, change, earlier_year, later_year FROM year_over_year WHERE subject = 'project'"
    )
    assert sorted(found) == [("河道养护", "dropped", 2021, 2024), ("泵站检修", "added", 2021, 2024)]


def test_a_renamed_project_is_known_by_its_indicators(path: Path) -> None:
    rows = [indicator(name, "≥5次", "higher") for name in ("清淤长度", "打捞频次", "护栏维修", "绿化补种", "水质采样")]
    load(
        path,
        published(project(2024, "河道养护经费", *rows), project(2024, "泵站检修", indicator("机组检修", "≥2台"))),
        published(project(2025, "水环境综合整治", *rows), project(2025, "闸门更新", indicator("闸门更换", "≥2扇"))),
    )
    found = query(
        path, "SELECT project_before, project FROM year_over_year WHERE subject = 'project' AND match IS NOT NULL"
    )
    assert found == [("河道养护经费", "水环境综合整治")]


def test_the_next_phase_of_a_project_is_another_project(path: Path) -> None:
    rows = [indicator(name, "≥5次", "higher") for name in ("清淤长度", "打捞频次", "护栏维修", "绿化补种")]
    load(path, published(project(2024, "河道整治一期", *rows)), published(project(2025, "河道整治二期", *rows)))
    assert linked(path, "subject", "status") == [("indicator", "queued")] * 4 + [("project", "queued")]
    assert query(path, "SELECT DISTINCT change FROM year_over_year ORDER BY ALL") == [("added",), ("dropped",)]


def test_the_year_in_a_name_moves_with_the_form(path: Path) -> None:
    load(path, published(project(2024, "2024年河道养护")), published(project(2025, "2025年度河道养护")))
    assert linked(path, "match", "status") == [("exact", "used")]


def test_a_project_that_became_part_of_another_is_for_a_person(path: Path) -> None:
    first = [indicator(name, "≥5次", "higher") for name in ("清淤长度", "打捞频次", "护栏维修")]
    second = [indicator(name, "≥5台", "higher") for name in ("机组检修", "闸门更换", "电缆敷设")]
    load(
        path,
        published(project(2024, "河道养护", *first), project(2024, "泵站检修", *second)),
        published(project(2025, "河道养护", *first, *second)),
    )
    assert linked(path, "subject", "match", "status", "waits") == [
        *[("indicator", "exact", "queued", True)] * 3,
        *[("indicator", "exact", "used", False)] * 3,
        ("project", "exact", "used", False),
        ("project", "merged", "queued", False),
    ]


def test_forms_of_different_kinds_are_not_linked(path: Path) -> None:
    report = project(2025, "河道养护").model_copy(update={"form_kind": "self_evaluation"})
    load(path, published(project(2024, "河道养护")), published(report))
    assert linked(path, "match") == []


def test_one_unit_is_one_however_it_is_printed(path: Path) -> None:
    load(
        path,
        published(project(2024, "河道养护"), unit="青岚区水务局"),
        published(project(2025, "河道养护"), unit="青岚区 水务局"),
    )
    assert linked(path, "match", "status") == [("exact", "used")]


def everything(path: Path) -> Sequence[list[tuple[Any, ...]]]:
    return [query(path, f"SELECT * FROM {table} ORDER BY ALL") for table in ("links", "series")]


def test_links_do_not_depend_on_what_came_first(tmp_path: Path) -> None:
    years = [
        published(project(year, "河道养护", indicator("保洁次数", f"≥{year - 2000}次"), indicator("巡查", "≥1次")))
        for year in (2022, 2023, 2024)
    ]
    load(tmp_path / "at-once.duckdb", *years)
    for outcome in reversed(years):
        load(tmp_path / "one-by-one.duckdb", outcome)
    assert everything(tmp_path / "at-once.duckdb") == everything(tmp_path / "one-by-one.duckdb")


def test_only_units_that_changed_are_linked_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    units: list[str] = []

    def noting(projects: Sequence[ProjectMember], decided: DecidedPairs) -> Linked:
        units.append(projects[0].publisher)
        return linked_years(projects, decided)

    monkeypatch.setattr(links, "linked", noting)
    library = [published(project(year, "图书采购"), unit="青岚区图书馆") for year in (2023, 2024)]
    load(path, published(project(2023, "河道养护")), published(project(2024, "河道养护")), *library)
    assert sorted(units) == ["青岚区图书馆", "青岚区水务局"]
    load(path)
    assert len(units) == 2
    load(path, published(project(2025, "河道养护")))
    assert units[2:] == ["青岚区水务局"]


def test_what_is_gone_has_no_links(path: Path) -> None:
    load(path, published(project(2024, "河道养护")), published(project(2025, "河道养护")))
    with duckdb.connect(path) as connection:
        connection.execute("DELETE FROM projects WHERE fiscal_year = 2025")
    load(path)
    assert linked(path, "match") == []
    assert query(path, "SELECT count(*) FROM series") == [(1,)]
    with duckdb.connect(path) as connection:
        connection.execute("DELETE FROM projects")
    load(path)
    assert query(path, "SELECT (SELECT count(*) FROM series), (SELECT count(*) FROM linked_units)") == [(0, 0)]


Printed = tuple[Any, ...]
"""Unit, year, and the numbers of a project and of an indicator on its form."""


def panel_outcomes(panel: Panel) -> tuple[list[Outcome], dict[str, Printed]]:
    """What the units of a panel publish, and where each member is printed."""
    outcomes, places = [], dict[str, Printed]()
    for number, unit in enumerate(panel.units):
        name = f"青岚区第{number}水务局"
        for year, of_year in groupby(unit, key=lambda one: one.year):
            forms = []
            for ordinal, drawn in enumerate(of_year, 1):
                places[drawn.project_id] = (name, year, ordinal, None)
                rows = []
                for position, row in enumerate(drawn.indicators, 1):
                    places[row.indicator_id] = (name, year, ordinal, position)
                    rows.append(indicator(row.level3, f"≥{row.base_value}{row.base_unit}", "higher", row.level2))
                forms.append(project(year, drawn.name, *rows))
            outcomes.append(published(*forms, unit=name))
    return outcomes, places


def test_a_panel_is_linked_rightly_in_the_database(path: Path) -> None:
    panel = draw_panel(33, units=4)
    outcomes, places = panel_outcomes(panel)
    load(path, *outcomes)
    sides = ", ".join(
        f"{side}_document.organization, {side}_project.fiscal_year, {side}_project.ordinal, {side}.ordinal"
        for side in ("earlier", "later")
    )
    joins = " ".join(
        f"JOIN projects AS {side}_project ON {side}_project.project_id = {side}_project_id"
        f" JOIN documents AS {side}_document ON {side}_document.document_id = {side}_project.document_id"
        f" LEFT JOIN indicators AS {side} ON {side}.indicator_id = {side}_indicator_id"
        for side in ("earlier", "later")
    )
    found = query(path, f"SELECT links.status, {sides} FROM links {joins}")
    truth = {(places[earlier], places[later]) for earlier, later in panel.truth}
    used = {(row[1:5], row[5:]) for row in found if row[0] == "used"}
    queued = {(row[1:5], row[5:]) for row in found if row[0] == "queued"}
    assert len(used & truth) >= 0.99 * len(used)
    assert len((used | queued) & truth) >= 0.90 * len(truth)


def rows_of(*names: str) -> list[Indicator]:
    return [indicator(name, "≥5次", "higher") for name in names]


OF_A_UNIT = {
    "河道养护": rows_of("清淤", "打捞", "护栏维修"),
    "泵站检修": rows_of("机组检修", "闸门更换"),
    "水质监测": rows_of("断面采样", "数据上报"),
    "节水宣传": rows_of("讲座", "手册印制"),
}
TOWNS = ("青岚镇人民政府", "白塔镇人民政府", "云溪镇人民政府", "南屏镇人民政府")


def of_unit(year: int, unit: str) -> Outcome:
    amount = sum(map(ord, unit))
    return published(*(project(year, name, *rows, amount=amount) for name, rows in OF_A_UNIT.items()), unit=unit)


def test_a_unit_under_a_new_name_goes_on(path: Path) -> None:
    other = [published(project(year, "图书采购", *rows_of("采购")), unit="青岚区图书馆") for year in (2024, 2025)]
    load(path, of_unit(2024, "青岚区水利局"), of_unit(2025, "青岚区水务局"), *other)
    assert query(path, "SELECT subject, match, count(*) FROM year_over_year GROUP BY ALL ORDER BY ALL") == [
        ("indicator", "exact", 10),
        ("project", "exact", 1),
        ("project", "moved", 4),
    ]
    with duckdb.connect(path) as connection:
        before = connection.execute("SELECT * FROM linked_units ORDER BY ALL").fetchall()
    load(path)
    assert query(path, "SELECT * FROM linked_units ORDER BY ALL") == before


def test_units_that_publish_the_same_projects_do_not_take_over_from_one_another(path: Path) -> None:
    """A town of which nothing was found for the second year, and one of which nothing was found for the first."""
    years = [of_unit(2024, town) for town in TOWNS[:3]] + [of_unit(2025, town) for town in TOWNS[1:]]
    load(path, *years)
    assert query(path, "SELECT DISTINCT unit FROM links ORDER BY ALL") == [(town,) for town in sorted(TOWNS[1:3])]
