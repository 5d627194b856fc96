"""The containers, as far as can be told without an engine: what the files say holds, and their commands run."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml

SECRETS = {
    "POSTGRES_PASSWORD": "long enough",
    "HELLO_SECRET_KEY": "s" * 48,
    "HELLO_BASE_URL": "https://hello.example.org",
    "HELLO_MAIL_FROM": "Hello <hello@example.org>",
    "HELLO_OPERATOR": "operator@example.org",
    "HELLO_CALL_URL_TEMPLATE": "https://meet.example.org/{room}",
}
PATIENCE = 30  # seconds


@pytest.fixture
def compose(project: Path) -> dict[str, Any]:
    """What docker-compose.yml says."""
    said: dict[str, Any] = yaml.safe_load((project / "docker-compose.yml").read_text(encoding="utf-8"))
    return said


def test_every_lasting_process_is_asked_whether_it_is_well(compose: dict[str, Any]) -> None:
    lasting = {name for name, service in compose["services"].items() if service.get("restart") != "no"}
    assert lasting == {"database", "web", "jobs", "answers", "mail"}
    assert all("healthcheck" in compose["services"][name] for name in lasting)


def test_what_must_last_is_in_a_named_volume(compose: dict[str, Any]) -> None:
    for name in ("database", "jobs", "answers", "mail"):
        volumes = [volume.split(":")[0] for volume in compose["services"][name]["volumes"]]
        assert set(volumes) <= set(compose["volumes"])


def test_no_secret_stands_in_the_file_and_each_is_explained(project: Path, compose: dict[str, Any]) -> None:
    environment = compose["x-service"]["environment"]
    asked = set(re.findall(r"\$\{(\w+)", str(compose)))
    explained = set(re.findall(r"^(\w+)=", (project / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert asked == explained
    assert environment["HELLO_DEVELOPMENT"] == "0"
    assert ":?" in environment["HELLO_SECRET_KEY"]


def test_the_image_holds_every_room_and_only_locked_packages(project: Path) -> None:
    dockerfile = (project / "Dockerfile").read_text(encoding="utf-8")
    assert all(f"COPY {room} {room}" in dockerfile for room in ("matcher", "data", "web", "jobs"))
    assert "--require-hashes" in dockerfile
    assert re.search(r"^USER (?!root)", dockerfile, re.MULTILINE)


def test_the_commands_of_the_containers_run_on_a_postgresql(
    project: Path, compose: dict[str, Any], bare_postgres: str, tmp_path: Path
) -> None:
    environment = settings_of(compose) | {"HELLO_DATABASE_URL": bare_postgres, "HELLO_SMTP_URL": ""}
    environment |= {"HELLO_LETTERS_FOLDER": str(tmp_path / "letters")}
    services = compose["services"]
    run = runner(project, environment)

    assert run(services["migrate"]["command"]).returncode == 0
    port = free_port()
    web = start(project, environment, at_port(web_command(project), port))
    jobs = start(project, environment, here(services["jobs"]["command"]))
    try:
        assert wait_for(f"http://127.0.0.1:{port}/health") == {"database": "ok"}
        assert run([*services["web"]["healthcheck"]["test"][1:], "--port", str(port)]).returncode == 0
        wait_until(lambda: run(services["jobs"]["healthcheck"]["test"][1:]).returncode == 0)
    finally:
        web.terminate()
        jobs.terminate()
    assert web.wait(PATIENCE) == 0
    assert jobs.wait(PATIENCE) == 0


def settings_of(compose: dict[str, Any]) -> dict[str, str]:
    """Return the environment of a container, with the secrets filled in."""
    named = {name: value for name, value in compose["x-service"]["environment"].items() if "${" in value}
    filled = {name: SECRETS[name] for name in named if name in SECRETS}
    return {name: value for name, value in os.environ.items() if not name.startswith("HELLO_")} | (
        {"HELLO_DEVELOPMENT": "0"} | filled
    )


def web_command(project: Path) -> list[str]:
    """Return the command of the image."""
    dockerfile = (project / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    command: list[str] = json.loads(re.findall(r"^CMD (.*)$", dockerfile, re.MULTILINE)[0])
    return command


def at_port(command: list[str], port: int) -> list[str]:
    """Return a gunicorn command as it runs here, on another port of this machine alone."""
    moved = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in command]
    return [sys.executable, "-m", "gunicorn", *moved[1:]]


def here(command: list[str]) -> list[str]:
    """Return a command with this Python in place of the container's."""
    return [sys.executable if command[0] == "python" else command[0], *command[1:]]


def runner(project: Path, environment: dict[str, str]) -> Callable[[list[str]], subprocess.CompletedProcess[str]]:
    """Return what runs a command to its end."""

    def run(command: list[str]) -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(  # noqa: S603  our own commands
            here(command), cwd=project, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        print(ended.stdout, ended.stderr)  # noqa: T201  shown when the test fails
        return ended

    return run


def start(project: Path, environment: dict[str, str], command: list[str]) -> subprocess.Popen[bytes]:
    """Start a process that goes on."""
    return subprocess.Popen(command, cwd=project, env=environment)  # noqa: S603  our own commands


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> Any:
    """Return what a page says once it answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310  our own server
                return json.load(answer)
        except (URLError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(url)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.5)
