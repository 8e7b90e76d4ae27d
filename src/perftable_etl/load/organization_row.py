"""The table of departments and units, over all documents."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from perftable_etl.load.columns import Json

Level = Literal["central", "provincial", "municipal", "county", "township"]
RegionFrom = Literal["name", "site", "department", "title"]


class OrganizationRow(NamedTuple):
    """One row per department or unit that publishes a document or carries out a project."""

    organization_id: Annotated[str, "Hash of name and region; where the name says no place, of its department too"]
    name: Annotated[str, "Its name without codes, seals and blanks, brackets narrow"]
    aliases: Annotated[Json, "Other spellings of it in documents, as a list"]
    parent_id: Annotated[
        str | None, "The competent department of its projects: organizations.organization_id; NULL: none or several"
    ]
    parent_department: Annotated[str | None, "Name of that department"]
    level: Annotated[
        Level | None,
        "Government that it belongs to: central, provincial, municipal, county (and urban district), township; "
        "NULL: not known",
    ]
    region: Annotated[
        str | None, "Region with those that it lies in (云南省临沧市永德县); NULL: no region, or not sure which"
    ]
    region_code: Annotated[str | None, "Code of the region in GB/T 2260"]
    region_from: Annotated[
        RegionFrom | None,
        "Where the region is known from: its name, the site (省财政厅 on a site of 云南), its department or publisher, "
        "the title",
    ]
    region_year: Annotated[int | None, "Year of the list that the code is from; codes change with reforms of regions"]
