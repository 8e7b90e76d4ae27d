"""A folder to publish: the data as delimited text, and all that somebody needs to use, cite and check them."""
