"""From declarations to tables: DuckDB, and what is published of it."""
