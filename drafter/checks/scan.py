"""Applies a rule set to a row of signs: which words each rule marks, and what keeps it quiet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafter.checks.grammar import Compiled
from drafter.checks.rules import Rule, RuleSet
from drafter.checks.signs import ASKED, QUOTE, STOP, Row


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a rule marks: the rule, first sign, end."""

    rule: Rule
    start: int
    end: int


_NEAR = 40
"""How many words before and after a match may keep it quiet."""


@lru_cache(maxsize=8192)
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


@lru_cache(maxsize=1024)
def _ending(source: str) -> re.Pattern[str]:
    """A pattern that has to end where the searched stretch ends."""
    return re.compile(f"(?:{source})$")


def scan(row: Row, rules: RuleSet, kind: str) -> list[Hit]:
    """What `rules` mark in `row`; at most one hit a rule at each place, quiet ones left out."""
    signs = row.signs
    wanted = set(rules.always)
    by_sign = rules.by_sign
    for sign in set(signs):
        found = by_sign.get(sign)
        if found:
            wanted.update(found)
    quoted = _quoted(row)
    hits: list[Hit] = []
    by_rule: dict[int, list[tuple[int, int]]] = {}
    for number, which in wanted:
        for match in _compiled(rules.rules[number].patterns[which].source).finditer(signs):
            if match.end() > match.start():
                by_rule.setdefault(number, []).append(match.span())
    for number in sorted(by_rule):
        rule = rules.rules[number]
        if rule.when and kind not in rule.when:
            continue
        spans = [
            span
            for span in _longest(by_rule[number])
            if not (rule.quoted and any(a <= span[0] < b for a, b in quoted)) and not quiet(row, rules, rule, span)
        ]
        if len(spans) >= rule.at_least:
            hits.extend(Hit(rule, *span) for span in spans)
    return hits


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without those that overlap a longer or earlier one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def quiet(row: Row, rules: RuleSet, rule: Rule, span: tuple[int, int]) -> bool:
    """Whether something around the match takes its sting away."""
    start, end = row.sentence(span[0])
    # A sentence may be a whole book without a full stop: look at what is near, so that time stays linear.
    start, end = max(start, span[0] - _NEAR), max(min(end, span[1] + _NEAR), span[1])
    if rule.negated and _ends_with(rules.guards, row.signs, start, span[0]):
        return True
    return _ends_with(rule.after, row.signs, start, span[0]) or any(
        _compiled(p.source).search(row.signs, start, end) for p in rule.unless
    )


def _ends_with(patterns: Sequence[Compiled], signs: str, start: int, end: int) -> bool:
    return any(_ending(p.source).search(signs, start, end) for p in patterns)


def _quoted(row: Row) -> list[tuple[int, int]]:
    """Stretches in quotation marks, as signs; an unclosed mark quotes nothing."""
    if QUOTE not in row.signs:
        return []
    marks = [i for i, sign in enumerate(row.signs) if sign == QUOTE]
    return [(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False) if b - a < _NEAR]


def sentences(row: Row) -> list[tuple[int, int]]:
    """First sign and end of each sentence of the row, its mark included."""
    out: list[tuple[int, int]] = []
    start = 0
    for i, sign in enumerate(row.signs):
        if sign in (STOP, ASKED):
            if i > start:
                out.append((start, i + 1))
            start = i + 1
    if start < len(row.signs):
        out.append((start, len(row.signs)))
    return out


def matches(row: Row, patterns: Sequence[Compiled], *, longest: bool = False) -> list[tuple[int, int]]:
    """Where any of `patterns` matches, as signs, in order and without overlaps.

    With `longest` a gap at a pattern's end takes in as many words as it may.
    """
    there = set(row.signs)
    spans = [
        match.span()
        for p in patterns
        if not p.needs or not there.isdisjoint(p.needs)
        for match in _compiled(_greedy(p.source) if longest else p.source).finditer(row.signs)
    ]
    return _longest(spans)


def _greedy(source: str) -> str:
    """A pattern whose last gap is greedy."""
    return source[:-1] if source.endswith("}?") else source
