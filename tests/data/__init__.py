"""What `data/` promises."""
