"""Text with tabs between its cells, rebuilt into grids: each line is a row, and no layout has a say."""
