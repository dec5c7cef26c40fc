"""Applies a rule set to a row of signs: which words each rule marks, and what keeps it quiet."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from drafter.checks.rules import Compiled, Rule, RuleSet
from drafter.checks.signs import ASKED, QUOTE, STOP, Row


class Hit(NamedTuple):
    """Words that a rule marks: the rule, first sign, end."""

    rule: Rule
    start: int
    end: int


_NEAR = 40
"""How many words before and after a match may keep it quiet."""


_SHORT = 400
"""In a row of fewer signs it pays to look for a pattern's needs in order before compiling it."""


@lru_cache(maxsize=8192)
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


@lru_cache(maxsize=4096)
def _set(signs: str) -> frozenset[str]:
    return frozenset(signs)


@lru_cache(maxsize=1024)
def _ending(source: str) -> re.Pattern[str]:
    """A pattern that has to end where the searched stretch ends."""
    return re.compile(f"(?:{source})$")


def scan(row: Row, rules: RuleSet, kind: str) -> list[Hit]:
    """What `rules` mark in `row`; at most one hit a rule at each place, quiet ones left out."""
    signs = row.signs
    quoted = _quoted(row)
    hits: list[Hit] = []
    by_rule: dict[int, list[tuple[int, int]]] = {}
    search_of = rules.searches
    parts = [part for part in _SENTENCE_END.split(signs) if part] if len(signs) < _SHORT else []
    for which in _candidates(frozenset(signs), rules):
        search = search_of[which]
        if search is None:
            pattern = rules.patterns[which][1]
            if parts and not _may_match(signs, parts, pattern):
                continue
            search = search_of[which] = _compiled(pattern.source).finditer
        for match in search(signs):
            if match.end() > match.start():
                by_rule.setdefault(rules.patterns[which][0], []).append(match.span())
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


_PLACES = 4
"""The most needs that a pattern has (`grammar`)."""
_FEW = 8
"""So many messages are read before it pays to make masks."""


def _candidates(there: frozenset[str], rules: RuleSet) -> Iterable[int]:
    """The patterns all of whose needs are there."""
    if rules.masks:
        return _by_masks(there, rules.masks)
    rules.calls[0] += 1
    if rules.calls[0] > _FEW:
        rules.masks.update(_masks(rules))
    return _by_needs(there, rules)


def _by_needs(there: frozenset[str], rules: RuleSet) -> Iterator[int]:
    wanted = set(rules.always)
    for sign in there:
        wanted.update(rules.by_sign.get(sign, ()))
    for which in wanted:
        needs = rules.needs_met[which]
        if needs is None:
            # The rarest need is what brought it here.
            pattern = rules.patterns[which][1]
            rest = pattern.needs[: pattern.rarest] + pattern.needs[pattern.rarest + 1 :]
            needs = rules.needs_met[which] = tuple(map(_set, rest))
        if not any(there.isdisjoint(need) for need in needs):
            yield which


def _masks(rules: RuleSet) -> dict[str, tuple[int, ...]]:
    """For each sign and each place among a pattern's needs, the patterns that it serves, as bits.

    Under the empty string: the patterns that need nothing at that place.
    """
    places = range(_PLACES)
    bits: dict[tuple[str, int], int] = {}
    for which, (_, pattern) in enumerate(rules.patterns):
        for place in places:
            key = (pattern.needs[place] if place < len(pattern.needs) else "", place)
            bits[key] = bits.get(key, 0) | 1 << which
    masks: dict[str, list[int]] = {"": [bits.get(("", place), 0) for place in places]}
    for (need, place), mask in bits.items():
        for sign in need:
            masks.setdefault(sign, [0] * len(places))[place] |= mask
    return {sign: tuple(found) for sign, found in masks.items()}


def _by_masks(there: frozenset[str], masks: Mapping[str, tuple[int, ...]]) -> Iterator[int]:
    first, second, third, fourth = masks[""]
    for found in map(masks.get, there):
        if found:
            first |= found[0]
            second |= found[1]
            third |= found[2]
            fourth |= found[3]
    digits = bin(first & second & third & fourth)
    last = len(digits) - 1
    at = digits.find("1", 2)
    while at >= 0:
        yield last - at
        at = digits.find("1", at + 1)


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


_SENTENCE_END = re.compile("[.?]")


def _may_match(signs: str, parts: Sequence[str], pattern: Compiled) -> bool:
    """Whether what `pattern` needs is there in its order: in one sentence, unless the pattern speaks of its end."""
    if "\\." in pattern.source or "\\?" in pattern.source:
        return _in_order(signs, pattern.needs)
    return any(_in_order(part, pattern.needs) for part in parts)


def _in_order(signs: str, needs: Sequence[str]) -> bool:
    """Whether one of each of `needs` stands in `signs`, in their order: cheaper than to compile a pattern in vain."""
    at = 0
    for need in needs:
        for at in range(at, len(signs)):  # noqa: B020  # goes on where the last one was found
            if signs[at] in need:
                at += 1  # noqa: PLW2901
                break
        else:
            return False
    return True


def has(row: Row, patterns: Sequence[Compiled]) -> bool:
    """Whether any of `patterns` matches."""
    there = frozenset(row.signs)
    return any(
        _compiled(p.source).search(row.signs)
        for p in patterns
        if not any(there.isdisjoint(_set(need)) for need in p.needs)
    )


def matches(row: Row, patterns: Sequence[Compiled], *, longest: bool = False) -> list[tuple[int, int]]:
    """Where any of `patterns` matches, as signs, in order and without overlaps.

    With `longest` a gap at a pattern's end takes in as many words as it may.
    """
    there = frozenset(row.signs)
    spans = [
        match.span()
        for p in patterns
        if not any(there.isdisjoint(_set(need)) for need in p.needs)
        for match in _compiled(_greedy(p.source) if longest else p.source).finditer(row.signs)
    ]
    return _longest(spans)


def _greedy(source: str) -> str:
    """A pattern whose last gap is greedy."""
    return source[:-1] if source.endswith("}?") else source
