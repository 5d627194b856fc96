"""Turns any text into a vector, so that two professions that share no word can still be alike."""
