"""The settings of one installation: read once from the environment, refused loudly when they make no sense."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DEVELOPMENT_SECRET = "for trying it on one's own machine only"  # noqa: S105  refused outside development
LAPTOP_DATABASE = "sqlite:///var/hello.db"
PREFIX = "HELLO_"
TAGGED = re.compile(r"[A-Za-z0-9_.-]{1,24}@[A-Za-z0-9.-]+")  # room for a tag: a local part has 64 characters at most
MOST_HOURS = 7 * 24
FOLDERS = {"letters_folder", "received_folder"}
HOURS = {"agree_within_hours"}


class WrongSetting(Exception):
    """A setting that makes no sense; the message names it and says what would."""


@dataclass(frozen=True)
class Settings:
    """What an installation decides. The defaults run on a laptop, in development."""

    development: bool = True
    database_url: str = LAPTOP_DATABASE
    secret_key: str = DEVELOPMENT_SECRET
    base_url: str = "http://127.0.0.1:8000"  # every link in a letter starts with it; never with a request's Host
    mail_from: str = "Hello, Stranger <hello@example.org>"
    operator: str = "operator@example.org"  # reports of members go there
    smtp_url: str = ""  # smtp://user:password@host:port, or smtps://; without it letters go to `letters_folder`
    letters_folder: Path = Path("var/letters")
    reply_address: str = ""  # answers from calendars go there, one tagged address a seat; without it, `mail_from`'s
    received_folder: Path = Path("var/received")  # a maildir: where a mail server leaves them
    authserv_id: str = ""  # under this name our own mail server says whether a sender is real (RFC 8601)
    call_url_template: str = "https://meet.example.org/{room}"
    agree_within_hours: int = 24  # how long two who have said yes may look for a common time before both are freed
    geocoder: str = "gazetteer"  # or nominatim:HOST, photon:HOST, asked for places the list does not know

    @property
    def agree_within(self) -> timedelta:
        """How long people may look for a common time."""
        return timedelta(hours=self.agree_within_hours)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings in `environment`: HELLO_BASE_URL and so on; HELLO_X_FILE names a file that holds X.

    Raises WrongSetting for a name that is not a setting, and for a value that makes no sense.
    """
    given = _given(environment)
    development = _switch("development", given.pop("development", "1"))
    unknown = set(given) - set(Settings.__dataclass_fields__)
    if unknown:
        raise WrongSetting(f"There is no setting {PREFIX}{min(unknown).upper()}")
    read: dict[str, Any] = given | {name: Path(given[name]) for name in FOLDERS & given.keys()}
    read |= {name: _hours(name, given[name]) for name in HOURS & given.keys()}
    settings = Settings(development=development, **read)
    _check(settings)
    return settings


def _given(environment: Mapping[str, str]) -> dict[str, str]:
    names = [name for name in environment if name.startswith(PREFIX) and not name.startswith(f"{PREFIX}TEST_")]
    plain = {name: environment[name] for name in names if not name.endswith("_FILE")}
    filed = {name.removesuffix("_FILE"): _read(name, environment[name]) for name in names if name.endswith("_FILE")}
    return {name.removeprefix(PREFIX).lower(): value for name, value in (plain | filed).items()}


def _read(name: str, path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise WrongSetting(f"{name} names a file that cannot be read: {path}") from error


def _switch(name: str, value: str) -> bool:
    if value not in {"0", "1"}:
        raise WrongSetting(f"{PREFIX}{name.upper()} is 1 or 0, not {value!r}")
    return value == "1"


def _hours(name: str, value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= MOST_HOURS:
        raise WrongSetting(f"{PREFIX}{name.upper()} is a number of hours from 1 to {MOST_HOURS}, not {value!r}")
    return int(value)


def _check(settings: Settings) -> None:
    base = urlsplit(settings.base_url)
    if base.scheme not in {"http", "https"} or not base.hostname or base.path not in {"", "/"}:
        raise WrongSetting(f"HELLO_BASE_URL is like https://hello.example.org, not {settings.base_url!r}")
    if not settings.database_url.startswith(("sqlite:///", "postgresql://")):
        raise WrongSetting("HELLO_DATABASE_URL starts with sqlite:/// or postgresql://")
    if settings.smtp_url and urlsplit(settings.smtp_url).scheme not in {"smtp", "smtps"}:
        raise WrongSetting("HELLO_SMTP_URL starts with smtp:// or smtps://")
    if "{room}" not in settings.call_url_template or not settings.call_url_template.startswith("https://"):
        raise WrongSetting("HELLO_CALL_URL_TEMPLATE is like https://meet.example.org/{room}")
    if "@" not in settings.mail_from or "@" not in settings.operator:
        raise WrongSetting("HELLO_MAIL_FROM and HELLO_OPERATOR are e-mail addresses")
    if settings.reply_address and not TAGGED.fullmatch(settings.reply_address):
        raise WrongSetting("HELLO_REPLY_ADDRESS is an address with at most 24 characters before the @, and no + there")
    if settings.geocoder.partition(":")[0] not in {"gazetteer", "nominatim", "photon"}:
        raise WrongSetting("HELLO_GEOCODER is gazetteer, nominatim:HOST or photon:HOST")
    if not settings.development and (settings.secret_key == DEVELOPMENT_SECRET or len(settings.secret_key) < 32):
        raise WrongSetting("HELLO_SECRET_KEY needs 32 random characters or more outside development")
