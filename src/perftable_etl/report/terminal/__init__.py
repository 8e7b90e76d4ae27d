"""What people see on a terminal or in a pipe: a module for each thing that is shown."""
