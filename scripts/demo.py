"""Asks the demo database the first questions a reader would ask, and prints each with its answer."""

from __future__ import annotations

import sys

import duckdb

QUESTIONS = (
    (
        "What does each project cost this year, and how many indicators does it promise?",
        """
        SELECT fiscal_year, name, annual_funds, count(*) AS indicators
        FROM projects JOIN indicators USING (project_id)
        WHERE document_id IN (SELECT document_id FROM documents WHERE media_type = 'application/pdf')
        GROUP BY ALL
        ORDER BY ALL
        """,
    ),
    (
        "Which unit prices are promised, in yuan, and where are they printed?",
        """
        SELECT fiscal_year, level3, target_raw, operator, base_value, base_unit, indicators.page
        FROM indicators JOIN projects USING (project_id, document_id)
        WHERE base_unit LIKE '元/%'
        ORDER BY base_value DESC
        LIMIT 10
        """,
    ),
)


def main() -> None:
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        for question, query in QUESTIONS:
            lines = "\n".join(line.removeprefix(" " * 8) for line in query.strip("\n").rstrip().splitlines())
            sys.stdout.write(f"\n{question}\n\n{lines};\n\n")
            sys.stdout.flush()
            connection.sql(query).show(max_width=120)


if __name__ == "__main__":
    main()
