"""Pictures of every page and letter, to be looked at."""
