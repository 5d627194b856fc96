"""Pairs people: arrays in, pairs out; no clock, no files, no database."""
