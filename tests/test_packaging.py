"""What a person gets who installs it: the wheel, the README's commands, the Python API, the start."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile

import pytest

from tests.conftest import ROOT, environment

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built from this checkout; of a copy, so that nothing is left in it."""
    source = tmp_path_factory.mktemp("source") / "drafter"
    kept = ("drafter", "prompts", "examples", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
    for name in kept:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            source.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    out = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", out, source],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (found,) = out.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The programs folder of a new environment that holds this wheel; its libraries are borrowed from ours."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--python", programs / "python", "install", "-q", "--no-deps", "--no-index", wheel],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    site = next(folder.rglob("drafter/__init__.py")).parent.parent
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


def test_the_wheel_carries_the_words_and_examples_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for folder, packed in (("prompts", "drafter/_prompts"), ("examples", "drafter/_examples")):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert files
        missing = {f"{packed}/{path.relative_to(ROOT / folder).as_posix()}" for path in files} - set(names)
        assert not missing
    assert "drafter/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "test" in name.partition("/_")[0] or name.startswith(("bench", "docs"))]


@pytest.mark.parametrize("program", [["drafter"], ["python", "-m", "drafter"]])
def test_the_installed_program_drafts_from_any_folder(installed, tmp_path, program):
    example = min((ROOT / "examples").glob("*.yaml"))
    command = [installed / program[0], *program[1:], "invite", "--scenario", example, "--json"]
    done = subprocess.run(command, cwd=tmp_path, env=CLEAN, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["status"] == "drafted"
    where = [installed / "python", "-c", "import drafter; print(drafter.__file__)"]
    found = subprocess.run(
        where, cwd=tmp_path, env=CLEAN, capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert str(installed.parent) in found


def test_the_installed_program_knows_its_principles(installed, tmp_path):
    command = [installed / "drafter", "principles"]
    done = subprocess.run(command, cwd=tmp_path, env=CLEAN, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0
    assert "Lori Hollander" in done.stdout


# README and the checks --------------------------------------------------------------------------------


def readme_command(marker):
    """The one fenced command after a marker comment in README, as `.ci/run` takes it too."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(rf"<!-- {marker} -->\n+```\w*\n(.*?)\n```", text, re.DOTALL)
    assert len(found) == 1, f"README needs one fenced command after <!-- {marker} -->"
    return found[0]


@pytest.mark.parametrize("marker", ["try", "test"])
def test_readme_has_two_commands_of_one_line_that_set_themselves_up(marker):
    command = readme_command(marker)
    assert "\n" not in command
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_readmes_first_command_drafts_from_an_example_that_exists():
    command = readme_command("try")
    (name,) = re.findall(r"examples/\S+", command)
    assert (ROOT / name).is_file()
    assert ".venv/bin/drafter invite --scenario" in command


def test_readmes_second_command_runs_all_tests():
    assert readme_command("test").endswith(".venv/bin/python -m pytest")


def test_the_checks_take_their_command_from_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "<!-- test -->" in script or "readme_command test" in script
    assert "set -euo pipefail" in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    taken = subprocess.run(
        [ROOT / ".ci" / "run", "--show"], capture_output=True, text=True, check=True, timeout=20, cwd="/"
    )
    assert taken.stdout.splitlines() == [readme_command("try"), readme_command("test")]


def test_the_changelog_names_this_version():
    import drafter

    assert f"## {drafter.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_version_is_said_once():
    import tomllib

    import drafter

    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == drafter.__version__


# The Python API ---------------------------------------------------------------------------------------


def child(code, *args):
    done = subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, text=True, check=False, timeout=60, env=environment()
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_drafter_loads_nothing():
    code = "import sys, drafter; print([name for name in sys.modules if name.startswith('drafter.')])"
    assert child(code).strip() == "[]"


def test_the_api_is_there_when_asked_for():
    import drafter

    for name in drafter.__all__:
        assert getattr(drafter, name)
        assert name in dir(drafter)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = drafter.nothing


def test_the_api_drafts():
    from drafter import Outcome, invite, scenario_from

    outcome = invite(scenario_from({"objection": "We don't need a stranger telling us what to do"}), seed=3)
    assert isinstance(outcome, Outcome)
    assert outcome.status == "drafted"


# The start --------------------------------------------------------------------------------------------

RUN = """
import sys, socket
class Refused(socket.socket):
    def __init__(self, *args, **more):
        raise AssertionError("a socket was opened")
socket.socket = Refused
before = set(sys.modules)
sys.argv = ["drafter", *sys.argv[1:]]
from drafter.__main__ import main
try:
    main()
except SystemExit as done:
    assert not done.code, done.code
print("MODULES", *sorted(set(sys.modules) - before))
"""
NEVER = {
    "openai",
    "httpx",
    "httpx2",
    "asyncio",
    "pydantic",
    "rich",
    "tenacity",
    "multiprocessing",
    "concurrent",
    "http",
}


def test_a_draft_opens_no_socket_and_loads_nothing_heavy():
    out = child(RUN, "invite", "-o", "What would they think of me", "-m", "Sundays", "--engine", "builtin")
    loaded = set(out.rpartition("MODULES ")[2].split())
    assert "drafter.pipeline" in loaded
    assert not {name.partition(".")[0] for name in loaded} & NEVER
    assert not {name for name in loaded if name.startswith("drafter.cli.")} - {
        "drafter.cli.invite",
        "drafter.cli.terminal",
    }
    assert not {"drafter.sources", "drafter.formats", "drafter.asking", "drafter.output"} & loaded


def test_help_and_version_load_no_words():
    for args in (["--version"], ["invite", "--help"]):
        loaded = set(child(RUN, *args).rpartition("MODULES ")[2].split())
        assert not {"drafter.pipeline", "drafter.checks", "drafter.screen", "yaml", "jinja2"} & loaded
