"""What other programs may read of a community: JSON for whoever shows a token, one file for each noun."""

from web.api import about, funnel, matches, members, rounds

VIEWS = [about, members, rounds, matches, funnel]
