"""Parts: sealed folders of Parquet files, each with the rows of some documents, that a database takes in later.

Many machines write parts without a word to one another. A part is a folder with a file for each table and, once all of
them are whole, a manifest: what has none is half-written.
"""
