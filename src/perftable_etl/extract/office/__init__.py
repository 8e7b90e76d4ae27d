"""Documents of office programs: Word, Excel and OpenDocument. Their grids are given, so they need no geometry."""
