"""Departments and units: what their names say, and how they are told apart over documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from perftable_etl.load.identities import NamedMember, identify
from perftable_etl.load.organization_names import bare_name
from perftable_etl.load.regions import full_name, regions
from perftable_etl.load.warehouse import Warehouse
from tests.outcomes import DECLARATION, outcome_of


def region_of(name: str, **other: str | None) -> str | None:
    """The region of a unit of this name, in full."""
    named = NamedMember(**{"publisher": None, "department": None, "unit": name, "site": None, "title": None, **other})
    unit = identify(named).unit
    return full_name(unit.region) if unit and unit.region else None


def level_of(name: str) -> str | None:
    unit = identify(NamedMember(None, None, name, None, None)).unit
    return unit.level if unit else None


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("219-池州市贵池区棠溪镇人民政府", "池州市贵池区棠溪镇人民政府"),
        ("[103]六安市金安区残疾人联合会", "六安市金安区残疾人联合会"),
        ("湘潭市城市管理和综合执法局308001", "湘潭市城市管理和综合执法局"),
        ("东澜区 民政局（本级）", "东澜区民政局(本级)"),
        ("青岚区教育局（盖章）", "青岚区教育局"),
        ("[055]****", None),
        (None, None),
    ],
)
def test_a_name_is_told_apart_without_codes_and_seals(printed: str | None, bare: str | None) -> None:
    assert bare_name(printed) == bare


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("上海市浦东新区教育局", "上海市浦东新区"),
        ("中共上海市委宣传部", "上海市"),
        ("政协南京市鼓楼区委员会", "江苏省南京市鼓楼区"),
        ("楚雄州财政局", "云南省楚雄彝族自治州"),
        ("云南楚雄州财政局", "云南省楚雄彝族自治州"),
        ("廊坊市教育局", "河北省廊坊市"),
        ("嘉峪关市民政局", "甘肃省嘉峪关市"),
        ("鼓楼区教育局", None),
        ("城区教育局", None),
        ("矿区管理处", None),
        ("上海路街道办事处", None),
        ("北京大学", None),
        ("教育部", None),
        ("青岚区教育局", None),
    ],
)
def test_a_region_is_known_where_the_name_is_sure(name: str, region: str | None) -> None:
    assert region_of(name) == region


def test_a_city_holds_its_districts_and_no_others() -> None:
    """The codes of 廊坊 (131000) and 衡水 (131100) begin alike."""
    assert region_of("廊坊市桃城区教育局") == "河北省廊坊市"
    assert region_of("衡水市桃城区教育局") == "河北省衡水市桃城区"


def test_what_a_name_leaves_open_its_surroundings_may_say() -> None:
    assert region_of("鼓楼区教育局", publisher="南京市财政局") == "江苏省南京市鼓楼区"
    assert region_of("鼓楼区教育局", site="www.henan.gov.cn") == "河南省开封市鼓楼区"
    assert region_of("信息中心", department="永德县教育体育局") == "云南省临沧市永德县"
    assert region_of("信息中心", title="2024年度永德县项目绩效目标表") == "云南省临沧市永德县"
    assert region_of("省财政厅", site="czt.yn.gov.cn") == "云南省"
    assert region_of("市教育局", site="edu.sh.gov.cn") == "上海市"
    assert region_of("市教育局", site="czt.yn.gov.cn") is None
    assert region_of("化工区学校", department="永德县教育体育局") is None, "it names another place"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("国家铁路局", "central"),
        ("云南省财政厅", "provincial"),
        ("昆明市财政局", "municipal"),
        ("上海市浦东新区教育局", "county"),
        ("池州市贵池区棠溪镇人民政府", "township"),
        ("永德县住房和城乡建设局", "county"),
        ("永德县乡村振兴局", "county"),
        ("教育局", None),
    ],
)
def test_a_name_says_which_government_it_is_of(name: str, level: str | None) -> None:
    assert level_of(name) == level


def test_units_without_a_place_in_their_names_are_their_departments() -> None:
    centres = [
        identify(NamedMember(None, department, "信息中心", None, None)).unit
        for department in ("永德县教育局", "宁晋县教育局")
    ]
    assert len({centre.organization_id for centre in centres if centre}) == 2
    schools = [
        identify(NamedMember(None, department, "永德县明朗中学", None, None)).unit
        for department in ("永德县教育局", None)
    ]
    assert len({school.organization_id for school in schools if school}) == 1


def test_the_list_of_regions_has_a_year_and_codes_of_six_digits() -> None:
    assert regions().year >= 2023
    assert len(regions().by_code) > 3000
    assert all(len(code) == 6 and code.isdigit() for code in regions().by_code)


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def store(path: Path, content: bytes, department: str | None, unit: str | None) -> None:
    project = DECLARATION.model_copy(update={"competent_department": department, "implementing_unit": unit})
    outcome = outcome_of(content, f"{content.decode()}.pdf", declarations=(project,), organization=department)
    with Warehouse(path) as warehouse:
        warehouse.store(outcome)
        warehouse.relate()


def test_projects_and_documents_say_whose_they_are(tmp_path: Path) -> None:
    path = tmp_path / "test.duckdb"
    store(path, b"a", "[103]永德县教育局", "永德县教育局（本级）")
    store(path, b"b", "永德县教育局", "永德县明朗中学")
    rows = query(
        path,
        "SELECT name, aliases, parent_department, level, region_code, region_from, region_year FROM organizations"
        " ORDER BY name",
    )
    year = regions().year
    assert [(name, json.loads(aliases), *others) for name, aliases, *others in rows] == [
        ("永德县教育局", ["[103]永德县教育局"], None, "county", "530923", "name", year),
        ("永德县教育局(本级)", ["永德县教育局（本级）"], "永德县教育局", "county", "530923", "name", year),
        ("永德县明朗中学", [], "永德县教育局", "county", "530923", "name", year),
    ]
    assert query(
        path,
        "SELECT unit.name, department.name, publisher.name FROM projects JOIN documents USING (document_id)"
        " JOIN organizations AS unit ON unit.organization_id = projects.organization_id"
        " JOIN organizations AS department ON department.organization_id = department_id"
        " JOIN organizations AS publisher ON publisher.organization_id = documents.organization_id ORDER BY 1",
    ) == [
        ("永德县教育局(本级)", "永德县教育局", "永德县教育局"),
        ("永德县明朗中学", "永德县教育局", "永德县教育局"),
    ]


def test_what_no_document_names_any_more_goes(tmp_path: Path) -> None:
    path = tmp_path / "test.duckdb"
    store(path, b"a", "永德县教育局", None)
    before = query(path, "SELECT * FROM organizations")
    store(path, b"a", "永德县民政局", None)
    assert query(path, "SELECT name FROM organizations") == [("永德县民政局",)]
    store(path, b"a", "永德县教育局", None)
    assert query(path, "SELECT * FROM organizations") == before
