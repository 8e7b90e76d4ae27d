"""Views of the database, a file each: its first line is the view's comment."""
