"""What must be told of where a text comes from: pages and fonts, noise and flaws, markup and bad bytes."""
