"""What `web/` promises."""
