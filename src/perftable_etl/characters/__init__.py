"""What code points print, and which characters a reader takes for one another."""
