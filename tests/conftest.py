"""What tests of every package share."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A test run that was started in the background ignores interruptions, and so would the programs it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Time limits of a test belong to the machine, not to the property: CI's cores are shared.
settings.register_profile("bialign", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bialign")

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The project's own sample pages."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def real_page() -> Path:
    """The page the tool was made for; its text is not ours to keep in the project."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("needs ../shared/seeds, the real page, which is not part of the project")
    return found[0]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Data to train on and to measure with."""
    if not (SHARED / "data").is_dir():
        pytest.skip("needs ../shared/data, which is not part of the project")
    return SHARED / "data"


@pytest.fixture(scope="session")
def bialign() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command as a real process: ``bialign("match", "دمشق", "Damascus")``."""

    def run(*arguments: object, stdin: str | bytes | None = None) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "bialign", *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            check=False,
            timeout=300,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "120"},
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run
