"""Sentences about Ada, Ben, Cleo and the others."""
