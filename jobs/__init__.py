"""What happens by itself: the weekly round and everything around it."""
