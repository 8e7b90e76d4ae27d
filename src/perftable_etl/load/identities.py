"""Who is meant by the names that a document has: the unit that publishes it, its project's department and unit.

A name that says its place is the same body wherever it is printed. One that does not (信息中心) is a body of its
department, else of the publisher. What is not sure stays open: four cities have a district that is called 鼓楼区.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from perftable_etl.load.ids import hash_of
from perftable_etl.load.organization_names import (
    bare_name,
    is_central,
    is_of_township,
    names_a_place,
    own_region,
    place_of,
    region_of_site,
    region_of_title,
)
from perftable_etl.load.organization_row import Level, RegionFrom
from perftable_etl.load.regions import Region


class NamedMember(NamedTuple):
    """What is printed of one project: publisher, department, unit; the document's host and title."""

    publisher: str | None
    department: str | None
    unit: str | None
    site: str | None
    title: str | None


class Identity(NamedTuple):
    """One department or unit: its id and name, the government that it belongs to, and its region."""

    organization_id: str
    name: str
    level: Level | None = None
    region: Region | None = None
    region_from: RegionFrom | None = None


class Identities(NamedTuple):
    """Who publishes, whose department it is, who carries it out; None where no name is printed for any of them."""

    publisher: Identity | None
    department: Identity | None
    unit: Identity | None


class _Locality(NamedTuple):
    """What a name says of itself: government, region, and whether it is the same body wherever it is printed."""

    is_same_anywhere: bool
    level: Level | None = None
    region: Region | None = None
    region_from: RegionFrom | None = None


def identify(named: NamedMember) -> Identities:
    """Who is meant; a department that is not printed is the publisher, a unit that is not printed the department."""
    site = region_of_site(named.site)
    title = region_of_title(named.title, site)
    publisher = _identity(bare_name(named.publisher), None, site, title)
    department = _identity(bare_name(named.department), publisher, site, title) or publisher
    unit = _identity(bare_name(named.unit), department, site, title) or department
    return Identities(publisher, department, unit)


def _identity(name: str | None, above: Identity | None, site: Region | None, title: Region | None) -> Identity | None:
    if name is None:
        return None
    if above and above.name == name:
        return above
    within = (above.region if above else None) or title or site
    locality = _locality(name, within, site)
    if locality.is_same_anywhere:
        return _made(name, locality, None)
    if above:
        return _made(name, _Locality(False, above.level, above.region, "department" if above.region else None), above)
    return _made(name, _Locality(False, title.level, title, "title") if title else locality, None)


def _made(name: str, locality: _Locality, above: Identity | None) -> Identity:
    code = locality.region and locality.region.code
    identifier = hash_of("organization", name, code, above and above.organization_id)
    return Identity(identifier, name, locality.level, locality.region, locality.region_from)


@lru_cache(maxsize=1 << 13)
def _locality(name: str, within: Region | None, site: Region | None) -> _Locality:
    found = place_of(name, within)
    if found.region:
        level: Level = "township" if is_of_township(found.rest) else found.region.level
        return _Locality(True, level, found.region, "name")
    own = own_region(name, site)
    if own:
        return _Locality(True, own.level, own, "site")
    if is_central(name):
        return _Locality(True, "central")
    return _Locality(names_a_place(name))
