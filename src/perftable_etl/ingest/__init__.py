"""Which files are read, from where, and in what processes."""
