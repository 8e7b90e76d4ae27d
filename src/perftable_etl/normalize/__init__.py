"""From pages to declarations: what the printed text means."""
