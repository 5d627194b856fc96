"""Settings are read once, and refused in one sentence when they make no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.settings import LAPTOP_DATABASE, Settings, WrongSetting, read_settings

SECRET = "s" * 32


def test_an_empty_environment_runs_on_a_laptop() -> None:
    settings = read_settings({"PATH": "/bin", "HELLO_TEST_BROWSER": "chromium"})
    assert settings == Settings()
    assert (settings.development, settings.database_url) == (True, LAPTOP_DATABASE)


def test_what_the_environment_says_counts() -> None:
    settings = read_settings({"HELLO_BASE_URL": "https://hello.example.org", "HELLO_LETTERS_FOLDER": "letters"})
    assert settings.base_url == "https://hello.example.org"
    assert settings.letters_folder == Path("letters")


def test_received_mail_has_a_folder_of_its_own() -> None:
    assert read_settings({}).received_folder == Path("var/received")
    settings = read_settings({"HELLO_RECEIVED_FOLDER": "in", "HELLO_REPLY_ADDRESS": "", "HELLO_AUTHSERV_ID": "mx"})
    assert (settings.received_folder, settings.reply_address, settings.authserv_id) == (Path("in"), "", "mx")


def test_a_secret_can_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    settings = read_settings({"HELLO_SECRET_KEY_FILE": str(file), "HELLO_DEVELOPMENT": "0"})
    assert settings.secret_key == SECRET


def test_outside_development_there_is_no_secret_to_fall_back_on() -> None:
    for secret in ({}, {"HELLO_SECRET_KEY": "short"}):
        with pytest.raises(WrongSetting, match="HELLO_SECRET_KEY needs 32 random characters"):
            read_settings({"HELLO_DEVELOPMENT": "0", **secret})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEVELOPMENT", "yes"),
        ("BASE_URL", "hello.example.org"),
        ("BASE_URL", "https://hello.example.org/under"),
        ("DATABASE_URL", "mysql://localhost/hello"),
        ("SMTP_URL", "localhost:25"),
        ("CALL_URL_TEMPLATE", "https://meet.example.org/room"),
        ("CALL_URL_TEMPLATE", "http://meet.example.org/{room}"),
        ("MAIL_FROM", "Hello, Stranger"),
        ("OPERATOR", "nobody"),
        ("GEOCODER", "google"),
        ("REPLY_ADDRESS", "hello"),
        ("REPLY_ADDRESS", "hello+tag@example.org"),
        ("REPLY_ADDRESS", f"{'a' * 25}@example.org"),
        ("SECRET_KEY_FILE", "/no/such/file"),
        ("COLOUR", "green"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=f"HELLO_{name}"):
        read_settings({f"HELLO_{name}": value})
