"""What `matcher/` promises."""
