"""What people see: `create_app` puts together the pages, the links and the letters of one installation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from geopy.geocoders.base import Geocoder
from sqlalchemy import Engine

from data.database import connect, reading_sessions_of, sessions_of
from data.geocoder import open_geocoder
from data.round import round_starts
from data.upgrade import check_version
from web import (
    another_place,
    api,
    calendar_feed,
    choose_language,
    coming_back,
    community,
    desk,
    errors,
    feedback,
    free_hours,
    headers,
    health,
    here,
    language,
    leave,
    mailbox,
    matches,
    more_about_you,
    my_data,
    new_address,
    next_week,
    notes,
    pages,
    per_request,
    profile,
    reliability,
    report,
    sentence,
    sharing,
    sign_in,
    sign_up,
    spans,
    squeezing,
    strangers,
    suggestions,
    taking_part,
    terms,
    this_week,
    trips,
    unsubscribe,
    uploads,
    visitor,
    wall,
    wording,
)
from web.letters import Letters
from web.links import Links
from web.settings import Settings, WrongSetting

# A form of ours is a few kilobytes; only organisers send files, on a page of its own (`web.uploads`).
LONGEST_BODY = 256 * 1024
VIEWS = [
    pages, sign_up, more_about_you, sign_in, suggestions, here, choose_language, this_week, strangers, wall,
    community, matches, notes, another_place, feedback, report, next_week, coming_back, unsubscribe, profile,
    free_hours, trips, taking_part, reliability, new_address, my_data, leave, calendar_feed, mailbox, health,
    *desk.VIEWS, *api.VIEWS,
]  # fmt: skip


def read_clock() -> datetime:
    """Return the time: the web reads it once at the start of each request."""
    return datetime.now(UTC)


def create_app(settings: Settings, *, clock: Callable[[], datetime] = read_clock) -> Flask:
    """Return the site of one installation. It opens the database, and loads no list.

    Raises OlderDatabase or NewerDatabase for a database whose tables are not this version's, WrongSetting for a
    setting that only shows here that it makes no sense.
    """
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=LONGEST_BODY, MAX_FORM_MEMORY_SIZE=LONGEST_BODY)
    open_database(app, settings, clock)
    headers.prepare(app, settings)
    squeezing.prepare(app)
    per_request.prepare(app)
    language.prepare(app)
    uploads.prepare(app)
    _guard_forms(app)
    visitor.prepare(app)
    errors.prepare(app)
    _dress_pages(app, settings)
    terms.prepare(app)
    for view in VIEWS:
        app.register_blueprint(view.blueprint)
    return app


def open_database(app: Flask, settings: Settings, clock: Callable[[], datetime]) -> None:
    """Let a site work on a database. What the views ask of `app.extensions` is put there, and nowhere else."""
    engine = connect(settings.database_url)
    reading_engine = engine.execution_options(reads_only=True)
    check_version(reading_engine)
    app.extensions.update(
        settings=settings,
        clock=clock,
        engine=engine,
        reading_engine=reading_engine,
        reading=reading_sessions_of(engine),
        writing=sessions_of(engine),
        letters=Letters(settings),
        links=Links(settings),
        geocoder=_open_geocoder(settings, engine),
    )


def _open_geocoder(settings: Settings, engine: Engine) -> Geocoder:
    try:
        return open_geocoder(settings.geocoder, reading_sessions_of(engine))
    except ValueError as error:
        raise WrongSetting(f"HELLO_GEOCODER: {error}") from error


def _guard_forms(app: Flask) -> None:
    """Refuse forms another site has filled in."""
    # A form stays good as long as the session; and we tell browsers to send no referrer, so none can be asked for.
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    guard = CSRFProtect(app)
    # A mail program presses this button for its reader (RFC 8058), with no page of ours open; the link is the proof.
    guard.exempt(unsubscribe.end)
    guard.exempt(choose_language.choose)


def _dress_pages(app: Flask, settings: Settings) -> None:
    """Give every page the words it shares."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        moment=wording.moment,
        day=wording.day,
        day_of=wording.day_of,
        date_of=wording.date_of,
        listed=wording.listed,
        weekday=wording.weekday,
        clock=wording.clock,
        zone_name=wording.zone_name,
        said=wording.said,
        said_in_lines=wording.said_in_lines,
        names_of=wording.names_on_page,
        introduced=wording.introduced_on_page,
        handles=wording.handles_of,
        map_of=wording.map_of,
        clocks_differ=wording.clocks_differ,
        number=wording.number,
        percent=wording.percent,
        meeting_place=wording.meeting_place,
        place_in_words=wording.place_in_words,
        reason=sentence.reason_of,
        topic=sentence.topic_of,
        translated=language.gettext,
        sign_of=sentence.sign_of,
        hours_in_words=spans.hours_in_words,
    )
    app.jinja_env.globals.update(
        visiting_member=visitor.visiting_member,
        development=settings.development,
        days_in_words=spans.days_in_words,
        public_url=sharing.public_url,
        round_starts=round_starts,
    )
