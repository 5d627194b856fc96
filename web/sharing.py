"""Links that share a page of ours: plain ones, without a script or a counter of anybody."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlencode

from flask import current_app

from web.language import gettext as _
from web.terms import community_here

PARAGRAPH = "\n\n"


class ShareLink(NamedTuple):
    """Where to share something, and how."""

    name: str
    url: str


def public_url(path: str) -> str:
    """Return the address by which everybody reaches a page of ours."""
    base: str = current_app.extensions["settings"].base_url
    return base.rstrip("/") + path


def share_links(url: str, words: str) -> list[ShareLink]:
    """Return the links that share an address, with some words where the other side takes any."""
    return [
        ShareLink("X", f"https://x.com/intent/post?{urlencode({'text': words, 'url': url})}"),
        ShareLink("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': url})}"),
        ShareLink("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}"),
        ShareLink(_("E-mail"), f"mailto:?subject={quote(community_here().name)}&body={quote(words + PARAGRAPH + url)}"),
    ]
