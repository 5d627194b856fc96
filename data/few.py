"""How few are too few: a figure about less than ten people, or their meetings, would be about somebody."""

FEWEST = 10
