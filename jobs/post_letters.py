"""Posts the letters that are due, one after the other; what cannot be posted now waits and is tried again."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta
from time import monotonic
from urllib.parse import urlsplit

from sqlalchemy.orm import Session, sessionmaker

from data.due_letters import claim_letter, open_letter, still_claimed
from data.letter import Letter
from jobs.envelope import Envelopes, ImpossibleAddress
from jobs.letters_folder import LettersFolder
from jobs.mail_server import LONGEST_POSTING, MailServer, NobodyThere, NotNow, Refused
from web.settings import Settings

# A run takes `now` for the time as long as it lasts, so it is short; the timetable soon starts the next.
LONGEST_RUN = 60  # seconds, after which no letter is claimed any more
LONGEST_PAUSE = 60  # seconds for which the process may be frozen without a letter on its way being posted twice
# A claim outlives the run, the pause and the slowest posting: until then the letter is ours.
LEASE = timedelta(seconds=LONGEST_RUN + LONGEST_PAUSE + LONGEST_POSTING)
LONGEST_REASON = 500
log = logging.getLogger(__name__)


def post_letters(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Post what is due, through the mail server or into the folder of letters; return how much that was.

    Each letter is claimed in a transaction, posted outside any, and marked in the next one, which claims the next.
    A crash between posting and marking posts a letter once more: the same bytes under the same Message-ID.
    """
    counts: Counter[str] = Counter()
    envelopes = Envelopes(settings)
    ends = monotonic() + LONGEST_RUN
    with _open_post(settings) as post:
        with sessions.begin() as session:
            letter = claim_letter(session, now, LEASE)
        while letter is not None and monotonic() < ends + LONGEST_PAUSE:
            failure = _post(post, envelopes, letter)
            goes_on = monotonic() < ends and not isinstance(failure, NobodyThere)
            with sessions.begin() as session:
                counts[_mark(session, letter, failure, now)] += 1
                letter = claim_letter(session, now, LEASE) if goes_on else None
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items())) or "no letter is due"


def _open_post(settings: Settings) -> MailServer | LettersFolder:
    if settings.smtp_url:
        return MailServer(settings.smtp_url, urlsplit(settings.base_url).hostname or "localhost")
    return LettersFolder(settings.letters_folder)


def _post(post: MailServer | LettersFolder, envelopes: Envelopes, letter: Letter) -> Exception | None:
    """Post one letter; return what stood in the way, if anything."""
    try:
        post.take(envelopes.seal(letter))
    except (NotNow, Refused, ImpossibleAddress) as failure:
        return failure
    except Exception as failure:
        # Whatever it is, the other letters still go out, and this one waits until it is mended.
        log.exception("Letter %s (%s) cannot be posted", letter.id, letter.kind)
        return failure
    return None


def _mark(session: Session, letter: Letter, failure: Exception | None, now: datetime) -> str:
    """Write down what came of a letter, in words for the log; a claim that was lost meanwhile decides nothing."""
    if failure is None:
        posted = open_letter(session, letter.id)
        if posted is not None:
            posted.was_posted(now)
        return "posted"
    tried = still_claimed(session, letter)
    if tried is None:
        return "taken over"
    reason = str(failure)[:LONGEST_REASON]
    if isinstance(failure, Refused | ImpossibleAddress):
        log.error("Letter %s (%s) is given up: %s", letter.id, letter.kind, type(failure).__doc__)
        tried.give_up(now, reason)
        return "given up"
    tried.try_again(now, reason)
    return "waiting"
