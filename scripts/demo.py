"""Asks the demo database the first questions a reader would ask, and prints each with its answer."""

from __future__ import annotations

import sys

import duckdb

QUESTIONS = (
    (
        "What does each project cost, how many indicators does it promise, and do all its files say the same?",
        """
        SELECT fiscal_year, name, annual_funds,
               count(*) // count(DISTINCT document_id) AS indicators, count(DISTINCT document_id) AS files
        FROM projects JOIN indicators USING (document_id, project_id)
        GROUP BY ALL
        ORDER BY ALL
        """,
    ),
    (
        "Which unit prices are promised, in yuan?",
        """
        SELECT DISTINCT fiscal_year, level3, target_raw, operator, base_value::DECIMAL(18,2) AS price, base_unit
        FROM projects JOIN indicators USING (document_id, project_id)
        WHERE base_unit LIKE '元/%'
        ORDER BY price DESC
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
