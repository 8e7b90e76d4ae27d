"""What the machine gives: files and lists on its disk, time, signals, and libraries that a process does without."""
