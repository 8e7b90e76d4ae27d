"""What the fields of forms are called, in Chinese and English, for the pages of the site."""

from __future__ import annotations

from perftable_etl.fields import Field
from perftable_etl.form_fields import FIELDS, INDICATOR_FIELDS
from perftable_etl.report.site.json_script import Json


def terms() -> Json:
    """By the name of each field its Chinese label and its English name, in the order of the form."""
    return {
        "project": {name: _names(field) for name, field in FIELDS.items()},
        "indicator": {name: _names(field) for name, field in INDICATOR_FIELDS.items()},
    }


def _names(field: Field) -> Json:
    """Its names. A part of some money is named after the whole, which a form prints above it."""
    money = field.printed.money
    whole = next((one for one in FIELDS.values() if money and one.printed.money == money._replace(source="all")), field)
    if whole is field:
        return {"zh": field.printed.term, "en": field.printed.title}
    return {"zh": field.printed.term, "en": f"{whole.printed.title}: {field.printed.title}"}
