"""From bytes to pages: what is printed, and where."""
