"""From the database to files for other tools: workbooks, delimited text, Parquet, lines of JSON, data packages."""
