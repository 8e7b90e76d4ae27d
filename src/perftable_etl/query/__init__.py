"""Questions to a database from Python: a connection, relations of DuckDB, and data frames."""
