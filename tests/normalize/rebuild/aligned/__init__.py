"""Tables without rules, part by part."""
