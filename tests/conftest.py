"""What every test stands on: no network, no settings of whoever runs them, and ways to run the program."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run, however slow the machine: a failure is the code's, never the day's.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent
_REAL_CONNECT = socket.socket.connect


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse every connection that is not to this machine."""

    def connect(self, address):
        host = address[0] if isinstance(address, tuple) else address
        if self.family != socket.AF_UNIX and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}")
        return _REAL_CONNECT(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch, tmp_path_factory):
    """Keep the environment and the config file of whoever runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith(("DRAFTER_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    return home


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def environment(*, stub=False, **more):
    """The environment of a child: the tests' own, with this checkout first, and the pretended pipeline if wanted."""
    path = [str(ROOT)] + ([str(ROOT / "tests" / "stub")] if stub else [])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path), **more}


def command(*args):
    return [sys.executable, "-W", "error", "-m", "drafter", *map(str, args)]


@pytest.fixture
def run(tmp_path):
    """Run the program in a child process, from an empty folder and without a terminal."""

    def run(*args, stdin=b"", stub=True, env=None, **more):
        where = (
            {"stdin": subprocess.DEVNULL}
            if stdin is None
            else {"input": stdin if isinstance(stdin, bytes) else stdin.encode()}
        )
        more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": tmp_path} | more
        done = subprocess.run(
            command(*args), env=environment(stub=stub, **(env or {})), timeout=30, check=False, **where, **more
        )
        return Ran(done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode())

    return run
