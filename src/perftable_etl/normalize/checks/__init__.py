"""From declarations to findings: what may have been read wrong, or is printed so that it cannot be right."""
