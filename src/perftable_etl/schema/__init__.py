"""What the outside may rely on, generated from the code, and the names of those files."""
