"""Views of the database, a file each; `view_files` says how such a file is written."""
