"""What is stored and known: members, rounds, matches, letters and the reference lists."""
