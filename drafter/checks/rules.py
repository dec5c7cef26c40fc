"""The rules of the checker, ready for the scan.

They are data: `prompts/rules/*.yaml`, whose first YAML document holds word groups and rules and whose second
holds examples, which only the tests read. Reading them all takes longer than most checks do, so a generated
`index.json` beside them keeps what the scan needs. It carries the files' fingerprint and is passed over when
they have changed since, so an edited rule always counts; `python -m drafter.checks.rulefiles` writes it anew.
"""

import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from drafter.checks.signs import FIRST_WORD
from drafter.data import folder
from drafter.outcome import Severity

CATEGORIES = (
    "blame", "always_never", "diagnosis", "ultimatum", "guilt", "threat", "command", "contempt_sarcasm",
    "overcommit", "no_single_ask", "invented_fact", "coercion", "therapy_jargon", "ai_voice", "too_long", "unfilled",
)  # fmt: skip


class Compiled(NamedTuple):
    """A pattern in the form the scan uses.

    Attributes:
        source: a regular expression over signs.
        needs: sets of signs in the order of the pattern; a row must hold one of each for it to match.
        rarest: which of them the fewest rows hold.

    """

    source: str
    needs: tuple[str, ...]
    rarest: int = 0


class Rule(NamedTuple):
    """One rule.

    Attributes:
        id: its name, `category.topic`.
        category: one of the contract's categories.
        severity: error, warning or hint.
        why: why it may hurt, in plain words.
        fix: a gentler wording that keeps the writer's fact.
        source: where the rule comes from.
        patterns: any of them marks its words.
        unless: a sentence that matches any of these is left alone.
        after: a match right after any of these is left alone.
        negated: whether a negated form ("I'm not saying you …") is left alone; True for most.
        quoted: whether words in quotation marks are left alone; True for most.
        when: the kinds of message it applies to; empty for all.
        at_least: how many places must match before any is reported.
        function: what finds its words where patterns alone can't: a name of `drafter.checks.FUNCTIONS`.
        limits: numbers for the function, by name.

    """

    id: str
    category: str
    severity: Severity
    why: str
    fix: str
    source: str = ""
    patterns: tuple[Compiled, ...] = ()
    unless: tuple[Compiled, ...] = ()
    after: tuple[Compiled, ...] = ()
    negated: bool = True
    quoted: bool = True
    when: tuple[str, ...] = ()
    at_least: int = 1
    function: str = ""
    limits: Mapping[str, int] = {}  # read-only


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """Rules ready for the scan; make one with `RuleSet.standard()` or `RuleSet.load(path)`.

    Attributes:
        rules: in order of their files.
        vocabulary: the sign of each word that a rule mentions.
        groups: the entries of each word group.
        guards: patterns under `negation`: what makes the words after them a denial.
        patterns: every pattern with the number of its rule.
        by_sign: numbers of patterns by a sign that they need.
        always: numbers of patterns that need no sign.
        needs_met: what the scan keeps of patterns it has looked at: their further needs.
        searches: and of those it has tried: how to search for them.
        masks: patterns by their needs, as bits, made when there is more than a message or two to read.
        calls: how often the rules were applied.

    """

    rules: tuple[Rule, ...]
    vocabulary: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    guards: tuple[Compiled, ...]
    patterns: tuple[tuple[int, Compiled], ...]
    by_sign: Mapping[str, list[int]]
    always: tuple[int, ...]
    needs_met: list[tuple[frozenset[str], ...] | None]
    searches: list[Callable[[str], Iterator[re.Match[str]]] | None]
    masks: dict[str, tuple[int, ...]]
    calls: list[int]

    @staticmethod
    def standard() -> "RuleSet":
        """The rules of `prompts/rules`; read once."""
        return _standard()

    @staticmethod
    def load(path: str | Path) -> "RuleSet":
        """The standard rules with those of the file `path`: its rules added, those it `silence`s left out.

        Raises:
            InputError: the file can't be read or a rule in it is wrong; the sentence begins with
                `file:line:column`.

        """
        from drafter.checks.rulefiles import merge  # noqa: PLC0415  # most checks read no YAML

        return merge(RuleSet.standard(), path)

    def find(self, rule_id: str) -> Rule:
        """The rule of that id (KeyError where there is none)."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


def ready(
    rules: tuple[Rule, ...],
    vocabulary: Mapping[str, str],
    groups: Mapping[str, tuple[str, ...]],
    guards: tuple[Compiled, ...],
) -> RuleSet:
    """A rule set, with the indexes that the scan goes by."""
    patterns = tuple((number, p) for number, rule in enumerate(rules) if not rule.function for p in rule.patterns)
    by_sign: dict[str, list[int]] = {}
    for which, (_, pattern) in enumerate(patterns):
        for sign in pattern.needs[pattern.rarest] if pattern.needs else "":
            by_sign.setdefault(sign, []).append(which)
    always = tuple(which for which, (_, pattern) in enumerate(patterns) if not pattern.needs)
    count = len(patterns)
    return RuleSet(
        rules, vocabulary, groups, guards, patterns, by_sign, always, [None] * count, [None] * count, {}, [0]
    )


def rule_files() -> list[Path]:
    """The rule files, `common.yaml` (words for all) first."""
    return sorted((folder("prompts") / "rules").glob("*.yaml"), key=lambda path: (path.stem != "common", path.name))


def fingerprint(texts: Sequence[bytes]) -> str:
    """What tells these rule files from others: a changed word changes it."""
    # Not against forgery, which would gain nothing; and hashlib takes longer to load than the rules do.
    joined = b"\0".join((b"3", *texts))
    return f"{len(joined)}-{zlib.crc32(joined):08x}-{zlib.adler32(joined):08x}"


@lru_cache(maxsize=1)
def _standard() -> RuleSet:
    files = rule_files()
    texts = [file.read_bytes() for file in files]
    index = folder("prompts") / "rules" / "index.json"
    if index.is_file():
        data = json.loads(index.read_bytes())
        if data.get("of") == fingerprint(texts):
            return unpack(data)
    from drafter.checks.rulefiles import from_files  # noqa: PLC0415  # the index is out of date

    return from_files(files, texts)


def unpack(data: Mapping[str, Any]) -> RuleSet:
    """The rule set of an index."""

    def patterns(found: Sequence[Sequence[Any]]) -> tuple[Compiled, ...]:
        return tuple(Compiled(source, tuple(needs), rarest) for rarest, source, *needs in found)

    rules = tuple(
        Rule(
            i,
            category,
            severity,
            why,
            fix,
            source,
            patterns(p),
            patterns(u),
            patterns(a),
            n,
            q,
            tuple(when),
            least,
            f,
            ls,
        )
        for i, category, severity, why, fix, source, p, u, a, n, q, when, least, f, ls in data["rules"]
    )
    vocabulary = {word: chr(FIRST_WORD + i) for i, word in enumerate(data["words"].split())}
    return ready(rules, vocabulary, {k: tuple(v) for k, v in data["groups"].items()}, patterns(data["guards"]))


def without(rules: RuleSet, ids: Sequence[str]) -> RuleSet:
    """`rules` without those of these ids or categories."""
    kept = tuple(rule for rule in rules.rules if rule.id not in ids and rule.category not in ids)
    return ready(kept, rules.vocabulary, rules.groups, rules.guards)
