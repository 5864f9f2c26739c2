"""The real server with production settings, as `make serve` starts it: files, headers, logs, its end."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest

GRANIAN = Path(sys.executable).with_name("granian")
OPTIONS = ["--interface", "wsgi", "--http", "1", "--blocking-threads", "4", "--workers-kill-timeout", "20"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running granian; ``log`` is the file of its standard error."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, address: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", address, headers=sent)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def answers(self) -> bool:
        try:
            return self.get("/healthz")[0].status == HTTPStatus.OK
        except OSError:
            return False

    def workers(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]


def wait_until(holds: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def environment(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Collect static files and make a database, as an operator does before the first start."""
    folder = tmp_path_factory.mktemp("server")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTEST_VERSION": pytest.__version__,  # keeps settings from reading a developer's .env
        "DEBUG": "false",
        "HTTPS": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "STATIC_ROOT": f"{folder}/static",
    }
    for command in (["collectstatic", "--noinput"], ["migrate"]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=root, env=environment, check=True
        )
    return environment


@pytest.fixture
def server(root: Path, environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    port, log = free_port(), tmp_path / "server.log"
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [GRANIAN, *OPTIONS, "--port", str(port), "engineersofai.wsgi:application"],
            cwd=root,
            env=environment,
            stderr=stderr,
            stdout=subprocess.DEVNULL,
        )
    server = Server(process, port, log)
    try:
        wait_until(server.answers)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_production_server_serves_files_pages_and_logs(server: Server):
    page, html = server.get("/no-such-page/")
    style = html.decode().partition('rel="stylesheet" href="')[2].partition('"')[0]
    css, _body = server.get(style, Accept_Encoding="br")

    assert page.status == HTTPStatus.NOT_FOUND
    assert css.status == HTTPStatus.OK
    assert css.headers["Content-Encoding"] == "br"
    assert css.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    for response in (page, css):
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Set-Cookie"] is None

    assert server.get("/readyz")[0].status == HTTPStatus.OK
    assert server.get("/healthz", Host="elsewhere.test")[0].status == HTTPStatus.BAD_REQUEST

    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    missing = next(line for line in lines if line["message"] == "Not Found: /no-such-page/")
    assert missing["request_id"] == page.headers["X-Request-ID"]


@pytest.mark.slow
def test_termination_finishes_or_refuses_every_request(server: Server):
    outcomes: Counter[str] = Counter()

    def visit() -> None:
        while True:
            try:
                response, body = server.get("/no-such-page/")
            except (OSError, http.client.HTTPException):
                outcomes["refused"] += 1
                return
            whole = response.status == HTTPStatus.NOT_FOUND and body.rstrip().endswith(b"</html>")
            outcomes["whole" if whole else "broken"] += 1

    visitors = [threading.Thread(target=visit) for _ in range(10)]
    for visitor in visitors:
        visitor.start()
    time.sleep(1)
    workers = server.workers()
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(timeout=30)
    for visitor in visitors:
        visitor.join(timeout=30)

    assert time.monotonic() - began < 30
    assert outcomes["broken"] == 0
    assert outcomes["whole"] > 10
    assert outcomes["refused"] == 10
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


@pytest.mark.slow
def test_hangup_replaces_the_workers_while_the_site_answers(server: Server):
    before = set(server.workers())

    server.process.send_signal(signal.SIGHUP)

    wait_until(lambda: bool(set(server.workers()) - before) and not set(server.workers()) & before)
    wait_until(server.answers)
