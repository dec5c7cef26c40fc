"""The data behind the words: what is compiled is fresh, what is changed counts, and README shows what comes out."""

import importlib.util
import re

import pytest

from drafter import data
from drafter.pipeline import invite
from drafter.sources import load_one
from tests.conftest import ROOT


def compiler():
    spec = importlib.util.spec_from_file_location("compile_prompts", ROOT / "bench" / "compile_prompts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_compiled_is_what_the_files_say():
    held = (ROOT / "prompts" / data.COMPILED).read_text(encoding="utf-8")
    assert held == compiler().compiled(), "run: python bench/compile_prompts.py"


@pytest.fixture
def prompts(monkeypatch, tmp_path):
    monkeypatch.setattr(data, "folder", lambda _: tmp_path)
    for cached in (data.load_text, data.load_yaml, data._compiled):
        cached.cache_clear()
    yield tmp_path
    for cached in (data.load_text, data.load_yaml, data._compiled):
        cached.cache_clear()


def test_a_changed_file_counts_at_once(prompts):
    (prompts / "a.yaml").write_text("word: old\n", encoding="utf-8")
    mark = data.crc32(b"word: old\n")
    (prompts / data.COMPILED).write_text(f'{{"a.yaml": [{mark}, {{"word": "compiled"}}]}}', encoding="utf-8")
    assert data.load_yaml("a.yaml") == {"word": "compiled"}
    for cached in (data.load_text, data.load_yaml):
        cached.cache_clear()
    (prompts / "a.yaml").write_text("word: new\n", encoding="utf-8")
    assert data.load_yaml("a.yaml") == {"word": "new"}


@pytest.mark.parametrize("broken", [None, "", "no json"])
def test_without_what_is_compiled_the_files_are_read(prompts, broken):
    (prompts / "a.yaml").write_text("word: here\n---\nnot: read\n", encoding="utf-8")
    if broken is not None:
        (prompts / data.COMPILED).write_text(broken, encoding="utf-8")
    assert data.load_yaml("a.yaml") == {"word": "here"}


def test_readme_shows_what_comes_out():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```console\n\$ drafter invite --scenario (\S+)\n(.*?)```", readme, re.DOTALL)
    outcome = invite(load_one(ROOT / shown.group(1)))
    assert " ".join(shown.group(2).split()) == " ".join(outcome.message.split())
