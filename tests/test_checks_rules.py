"""Every rule has examples that must flag and examples that must stay quiet, and they do."""

import json
import re

import pytest
import yaml

from drafter.checks import CATEGORIES, FUNCTIONS, RuleSet, check, rulefiles
from drafter.checks import rules as rules_module
from drafter.scenario import Scenario, scenario_from


def _examples():
    found = {}
    for file in rules_module.rule_files():
        documents = list(yaml.safe_load_all(file.read_text(encoding="utf-8")))
        assert len(documents) == 2, f"{file.name}: examples come after a '---' line"
        if isinstance(documents[1], dict):
            found.update(documents[1])
    return found


EXAMPLES = _examples()
RULES = [rule.id for rule in RuleSet.standard().rules]


def _run(example):
    """The findings of one example: a message, a message with its scenario, or a made one."""
    if isinstance(example, dict):
        return check(example["message"], scenario_from(example["scenario"]))
    if example.startswith("LONG "):
        return check("Would you come? " + "word " * (int(example[5:]) - 3))
    if example.startswith("LANGUAGE "):
        return check("Kommst du einmal mit?", Scenario(language=example[9:]))
    return check(example)


def test_every_rule_has_both_lists():
    assert set(EXAMPLES) == set(RULES)
    for name, lists in EXAMPLES.items():
        assert set(lists) == {"flag", "quiet"}, name
        assert lists["flag"], name
        assert lists["quiet"], name


@pytest.mark.parametrize("name", RULES)
def test_examples(name):
    category = RuleSet.standard().find(name).category
    for example in EXAMPLES[name]["quiet"]:
        found = [f for f in _run(example) if f.rule == name]
        assert not found, f"must stay quiet: {example!r}: {[f.quote for f in found]}"
    for example in EXAMPLES[name]["flag"]:
        found = {(f.rule if name == f.rule else f.category) for f in _run(example)}
        assert name in found or category in found, f"must flag: {example!r}"


def test_quiet_examples_have_no_error_of_any_kind():
    whole = [e for lists in EXAMPLES.values() for e in lists["quiet"] if isinstance(e, str) and not e[:4].isupper()]
    loud = {e: [f.rule for f in check(e) if f.severity == "error" and f.category != "no_single_ask"] for e in whole}
    assert {e: found for e, found in loud.items() if found} == {}


def test_the_index_is_fresh():
    files = rules_module.rule_files()
    texts = [file.read_bytes() for file in files]
    index = json.loads((files[0].parent / "index.json").read_text(encoding="utf-8"))
    assert index["of"] == rules_module.fingerprint(texts), "run: python -m drafter.checks.rulefiles"
    built = rulefiles.from_files(files, texts)
    unpacked = rules_module.unpack(index)
    assert unpacked.rules == built.rules
    assert unpacked.vocabulary == built.vocabulary


def test_an_edited_rule_counts_without_a_new_index(monkeypatch, tmp_path):
    source = rules_module.folder("prompts")
    rules = tmp_path / "rules"
    rules.mkdir()
    for file in (source / "rules").iterdir():
        (rules / file.name).write_bytes(file.read_bytes())
    extra = "category: blame\nrules:\n  - {id: blame.extra, why: w, fix: f, patterns: [purple wombats]}\n---\n# none\n"
    (rules / "zz.yaml").write_text(extra, encoding="utf-8")
    monkeypatch.setattr(rules_module, "folder", lambda _name: tmp_path)
    assert rules_module._standard.__wrapped__().find("blame.extra")


def test_rules_say_why_and_what_instead():
    for rule in RuleSet.standard().rules:
        assert rule.category in CATEGORIES
        assert not rule.function or rule.function in FUNCTIONS or rule.function == "other_language"
        assert len(rule.why) > 20, rule.id
        assert len(rule.fix) > 20, rule.id
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", rule.id)


def test_every_category_has_a_rule():
    assert {rule.category for rule in RuleSet.standard().rules} == set(CATEGORIES)


def test_kind_sentences_stay_quiet():
    """Sentences that come close to a fault and are none. The rules were tuned on them: a guard, not a measure."""
    lines = (rules_module.folder("prompts").parent / "tests/sets/checks_sentences.jsonl").read_text(encoding="utf-8")
    kind = [row["text"] for row in map(json.loads, lines.splitlines()) if row["category"] is None]
    ask = " Would you come with me, once, for an hour?"
    loud = [text for text in kind if any(f.severity == "error" for f in check(text + ask))]
    assert len(loud) <= len(kind) * 0.01, loud
