"""A browser driven through chromedriver's WebDriver protocol, with the standard library alone."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def missing() -> str | None:
    """What is not installed, or null."""
    wanted = ("chromedriver", ("chromium", "chromium-browser", "google-chrome"))
    if not shutil.which("chromedriver"):
        return "chromedriver is not installed"
    if not any(shutil.which(name) for name in wanted[1]):
        return "no Chromium is installed"
    return None


class Browser:
    """One window."""

    def __init__(self, base: str) -> None:
        self.base = base

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if method == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(f"{self.base}{path}", data, method=method)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"].splitlines()[0]) from error

    def open(self, path: Path, fragment: str = "") -> None:
        self.call("POST", "/url", {"url": f"{path.as_uri()}{fragment}"})

    def run(self, script: str) -> Any:
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def find(self, selector: str) -> str:
        value = self.call("POST", "/element", {"using": "css selector", "value": selector})
        return str(value[ELEMENT])

    def click(self, selector: str) -> None:
        self.call("POST", f"/element/{self.find(selector)}/click")

    def type(self, selector: str, text: str) -> None:
        self.call("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def press(self, keys: str) -> None:
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def texts(self, selector: str) -> list[str]:
        return list(
            self.run(f"return [...document.querySelectorAll({selector!r})].map((e) => e.textContent)")
        )

    def size(self, width: int, height: int) -> None:
        self.call("POST", "/window/rect", {"width": width, "height": height})

    def wait(self, script: str, seconds: float = 5.0) -> None:
        end = time.monotonic() + seconds
        while not self.run(f"return Boolean({script})"):
            assert time.monotonic() < end, f"never true: {script}"
            time.sleep(0.02)


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a driver and a headless window, and end both."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    binary = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    profile = tempfile.mkdtemp(prefix="bialign-browser-")
    driver = subprocess.Popen(
        ["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    server = Browser(f"http://127.0.0.1:{port}")
    try:
        _ready(server)
        options = {"binary": binary, "args": [*FLAGS, f"--user-data-dir={profile}"]}
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        }
        session = server.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        window = Browser(f"{server.base}/session/{session}")
        try:
            yield window
        finally:
            window.call("DELETE", "")
    finally:
        driver.terminate()
        driver.wait(timeout=20)
        shutil.rmtree(profile, ignore_errors=True)


def _ready(server: Browser) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            if server.call("GET", "/status")["ready"]:
                return
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < end, "chromedriver does not answer"
        time.sleep(0.05)
