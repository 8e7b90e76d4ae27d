"""What people see of a run and of a file."""
