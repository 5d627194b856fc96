"""What `jobs/` promises."""
