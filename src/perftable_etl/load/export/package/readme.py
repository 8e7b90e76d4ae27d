"""README.md: what is in the package, and how to use and cite it."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.load.export.dataset import Dataset
from perftable_etl.load.export.package.citation import reference
from perftable_etl.load.export.package.resource import Resource

_TEXT = """\
# {title}

{description}

Version {release}, {day}.

## Files

| file | rows | each row is |
|---|---:|---|
{files}

| file | |
|---|---|
| `datapackage.json` | the tables and their columns, for Frictionless tools (`frictionless validate datapackage.json`) |
| `croissant.json` | the same in Croissant 1.1 |
| `CITATION.cff` | how to cite this version |
| `CHANGES.md` | what changed since the last version |
| `SHA256SUMS` | a checksum for each file (`sha256sum --check SHA256SUMS`) |

## How to read them

The files are CSV in UTF-8, with a header. A field without a value is empty; an empty text is `""`. Money is in yuan.
Numbers are exact decimals: read them as decimals or as text, not as floats. Times are UTC. Columns whose names end in
`_raw` hold the text as printed. `page`, `x0`, `y0`, `x1` and `y1` say where a value is printed. `codebook.csv` explains
every column.

`validation.csv` counts what was read and what was not, what was read by text recognition, and what is doubtful.
`data/findings.csv` lists each doubt with its page.

## How to cite

{reference}

To cite one value, add the file (`source_uri`), the page and the sha256 of the file (`document_id`).
"""


def readme(dataset: Dataset, resources: Sequence[Resource]) -> str:
    """The text of the file."""
    files = (
        f"| `{resource.path}` | {resource.relation.rows:,} | {resource.relation.comment or ''} |"
        for resource in resources
    )
    return _TEXT.format(
        title=dataset.title,
        description=dataset.description,
        release=dataset.release,
        day=dataset.day.isoformat(),
        files="\n".join(files),
        reference=reference(dataset),
    )
