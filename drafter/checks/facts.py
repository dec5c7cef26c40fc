"""Facts that nobody told us: what a message states and the scenario doesn't hold.

Tracing is by stems of the words that carry a fact, so paraphrase, tense, plural and whose it is don't matter.
Saying less than the scenario is always fine; wishes and offers of the writer are no facts.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from drafter.checks.rules import Rule, RuleSet
from drafter.checks.scan import matches, quiet
from drafter.checks.signs import ASKED, NUMBER, STOP, open_word
from drafter.checks.view import View
from drafter.scenario import Scenario
from drafter.text import fold

Spans = list[tuple[int, int]]

_NUMBERS = {
    word: value
    for value, text in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
    for word in (text,)
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
     "thousand": 1000}  # fmt: skip
_UNITS = frozenset(
    "year years month months week weeks day days night nights kid kids child children session sessions people"
    " pound pounds quid dollar dollars euro euros buck bucks percent mile miles anniversary christmases birthdays hours"
    " date dates am pm o'clock sharp grand pence cents streets doors blocks".split()
)
_MONEY = frozenset("pound pounds quid dollar dollars euro euros buck bucks grand pence cents percent".split())
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = frozenset("january february april june july august september october november december".split())
_ABOUT_VISIT = frozenset(
    "session visit appointment counsellor counselor therapist counselling counseling therapy slot slots booked space"
    " clinic consultation opening office".split()
)
_ABOUT_TALK = frozenset("talk chat tea coffee porch minutes min ten dinner supper tell".split())
_STAYS_OPEN = frozenset("not any no every maybe or next whichever some weekday".split())
# In these a number counts nothing that could be wrong.
_IDIOMS = re.compile(
    r"\b(?:two of us|both of us|two against one|one of us|two minds|second thoughts?|50[/ -]50|fifty[ -]fifty|24/7"
    r"|hundred percent|100%|100 ?percent|a (?:hundred|thousand|million) times|us two|you two"
    r"|two ends|two sides|two (?:ordinary |other |grown )?people"
    r"|(?:one|two) or (?:two|three)|two cents|two heads|takes two|one or the other|three words|two words"
    r"|(?:a|one|two) (?:minute|minutes|second|seconds)|first|last) ?"
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SUFFIX = re.compile(r"(?:ingly|edly|ings|ing|ied|ies|ers|er|ed|es|ly|s|e|y|'s)$")
_SHORTEST_STEM = 3
_WORD_OF_NAME = re.compile(r"(?<![\w'\u2019])[A-Z][a-z\u00c0-\u024f]+(?:['\u2019-][A-Z]?[a-z\u00c0-\u024f]+)*")
_TITLE = re.compile(r"(?:Dr|Mr|Mrs|Ms|Prof|Chaplain|Father|Pastor|Rev|Sister|Captain)\.? $")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']+[^\s<>\"'.,;:!?)]|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+\.(?:com|org|net|co\.uk|example|io|info)\b[^\s,;]*"
    r"|(?<![\w.])\+?\d[\d ()-]{6,}\d\b"
)
_MONEY_SIGN = re.compile(r"[$\u00a3\u20ac]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:%|[$\u00a3\u20ac])")
_CLOCK = re.compile(
    r"\b(?:at (?:about |around )?)?\d{1,2}[:.]\d{2}s? ?(?:[ap]m)?\b|\b\d{1,2} ?[ap]m\b"
    r"|\b(?:half|quarter) (?:past |to )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}) o'clock\b"
    r"|\bat (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|noon|\d{1,2}|1[0-9]00)"
    r"(?= ?(?:[.,;!?]|$|in the |on |tonight|sharp|tomorrow))"
)


def stem(word: str) -> str:
    """A word without its ending, for comparing only: "judging" and "judged" are both "judg"."""
    word = word.removesuffix("'s")
    if len(word) <= _SHORTEST_STEM:
        return word
    for _ in range(2):
        shorter = _SUFFIX.sub("", word)
        if len(shorter) < _SHORTEST_STEM:
            break
        word = shorter
    # "planned" and "plan"
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "ls" else word


@dataclass(frozen=True, slots=True)
class Known:
    """What the scenario holds: stems of its words, its numbers, its text."""

    stems: frozenset[str]
    numbers: frozenset[int]
    text: str


@lru_cache(maxsize=64)
def known(scenario: Scenario) -> Known:
    """What `scenario` holds, ready to be compared with; worked out once for each."""
    texts = [*scenario.texts().values(), scenario.relationship, scenario.resource.title, scenario.resource.url]
    text = "\n".join(fold(text).text for text in texts if text)
    found = [part for word in _WORD.findall(text) for part in open_word(word)]
    numbers = {value for word in found if (value := _value(word)) is not None}
    numbers.update(a + b for a, b in _pairs(found))
    numbers.add(scenario.asks_before)
    # A link counts as it was typed: folding mends spelling, also that of addresses.
    text += "\n" + "\n".join(texts).lower()
    return Known(frozenset(stem(word) for word in found), frozenset(numbers), text)


def _pairs(found: list[str]) -> Iterable[tuple[int, int]]:
    """Tens and ones that stand side by side: "forty five"."""
    for left, right in pairwise(found):
        a, b = _NUMBERS.get(left, 0), _NUMBERS.get(right, 0)
        if a >= 20 and a % 10 == 0 and 0 < b < 10:  # noqa: PLR2004  # tens and ones
            yield a, b


def _value(word: str) -> int | None:
    digits = re.match(r"\d+", word.replace(",", ""))
    if digits:
        return int(digits.group()[:9])
    return _NUMBERS.get(word)


def untraced(view: View, rule: Rule) -> Spans:
    """Claims (the rule's patterns) of which too few words are in the scenario; the limit `traced` is a percentage."""
    row, facts = view.row, known(view.scenario)
    plain, same = _plain(view.rules), _same(view.rules)
    out: Spans = []
    for start, end in matches(row, rule.patterns, longest=True):
        if quiet(row, view.rules, rule, (start, end)):
            continue
        stop = _clause_end(row.signs, start, end)
        told = [word for word in row.words[start:stop] if word.isalpha() and word not in plain]
        if not told:
            continue
        share = sum(_traced(word, facts, same) for word in told) / len(told)
        if share * 100 < rule.limits.get("traced", 50):
            out.append(row.span(start, stop))
    return out


def _traced(word: str, facts: Known, same: Mapping[str, frozenset[str]]) -> bool:
    return stem(word) in facts.stems or not facts.stems.isdisjoint(same.get(word, ()))


@lru_cache(maxsize=8)
def _same(rules: RuleSet) -> Mapping[str, frozenset[str]]:
    """The stems that may stand for a word: those of its `same_…` groups."""
    out: dict[str, frozenset[str]] = {}
    for name, group in rules.groups.items():
        if name.startswith("same_"):
            stems = frozenset(stem(word) for word in group)
            out.update((word, out.get(word, frozenset()) | stems) for word in group)
    return out


def _clause_end(signs: str, start: int, end: int) -> int:
    """Where the claim ends: at the first mark after it began, or where its pattern did."""
    for at in range(start, end):
        if signs[at] in (STOP, ASKED):
            return max(at, start + 1)
    return end


@lru_cache(maxsize=8)
def _plain(rules: RuleSet) -> frozenset[str]:
    return frozenset(rules.groups.get("plain", ()))


@lru_cache(maxsize=8)
def _not_names(rules: RuleSet) -> frozenset[str]:
    return frozenset(rules.groups.get("not_name", ())) | frozenset(rules.vocabulary)


def unknown_names(view: View, rule: Rule) -> Spans:  # noqa: ARG001  # the functions' common form
    """Capitalised names that the scenario doesn't hold."""
    facts, no_names = known(view.scenario), _not_names(view.rules)
    message = view.message
    out: Spans = []
    for match in _WORD_OF_NAME.finditer(message):
        word = fold(match.group()).text.removesuffix("'s")
        if word in no_names or stem(word) in facts.stems or open_word(word)[0] in no_names:
            continue
        before = message[max(0, match.start() - 12) : match.start()]
        title = _TITLE.search(before)
        if not title and (_begins_sentence(message, match.start()) or _signs_off(message, match.end())):
            continue
        start = match.start() - len(title.group()) if title else match.start()
        if out and message[out[-1][1] : start].strip() == "":
            out[-1] = (out[-1][0], match.end())
        else:
            out.append((start, match.end()))
    return out


def _begins_sentence(message: str, at: int) -> bool:
    """Whether a capital letter is due here anyway, or the word addresses the reader."""
    before = message[:at].rstrip(" \t\"'(\u201c\u2018")
    return not before or before[-1] in ".!?\n:\u2026" or bool(re.search(r"(?i)\b(?:dear|hey|hi|hello|my)$", before))


def _signs_off(message: str, end: int) -> bool:
    """Whether nothing but a mark or a kiss follows: the writer's own name."""
    return not message[end:].strip(" .!,xX\n")


def unknown_numbers(view: View, rule: Rule) -> Spans:  # noqa: ARG001  # the functions' common form
    """Numbers, prices, clock times, weekdays and dates that the scenario doesn't hold."""
    facts, row, text = known(view.scenario), view.row, view.folded.text
    spans = [
        m.span() for m in _MONEY_SIGN.finditer(text) if _value(m.group().strip("$\u00a3\u20ac% ")) not in facts.numbers
    ]
    spans += [m.span() for m in _CLOCK.finditer(text) if not _told(m.group(), facts)]
    exempt = [m.span() for m in _IDIOMS.finditer(text)]
    count = len(row.words)
    for i, word in enumerate(row.words):
        start, end = row.spans[i]
        if word in _WEEKDAYS or word.removesuffix("s") in _WEEKDAYS or word in _MONTHS:
            if stem(word) not in facts.stems and word not in facts.text and _of_visit(view, i):
                spans.append((start, end))
            continue
        value = _NUMBERS.get(word) if row.signs[i] != NUMBER else _value(word)
        if value is None or value <= 1 or value in facts.numbers:
            continue
        unit = next((w for w in row.words[i + 1 : i + 3] if w in _UNITS), "")
        if not unit or (unit in ("hours", "am") and value <= 2):  # noqa: PLR2004  # "two hours" is the size of an ask
            continue
        if unit not in _MONEY and any(a <= start < b for a, b in exempt):
            continue
        last = min(i + 2, count - 1)
        spans.append((start, row.spans[last][1] if row.words[last] in _UNITS else row.spans[min(i + 1, count - 1)][1]))
    merged: Spans = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 4:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [view.folded.span(*span) for span in merged]


def _told(text: str, facts: Known) -> bool:
    """Whether every number in a time of day is in the scenario."""
    values = [v for w in re.findall(r"\d+|[a-z']+", text) if (v := _value(w)) is not None]
    return all(value in facts.numbers for value in values) if values else text in facts.text


def _of_visit(view: View, at: int) -> bool:
    """Whether a day is said of the visit, and as fixed: an open day for a talk is no fact."""
    start, end = view.row.sentence(at)
    there = set(view.row.words[start:end])
    return (
        bool(there & _ABOUT_VISIT)
        and not there & _ABOUT_TALK
        and not set(view.row.words[max(start, at - 3) : at]) & _STAYS_OPEN
    )


def unknown_links(view: View, rule: Rule) -> Spans:  # noqa: ARG001  # the functions' common form
    """Links, mail addresses and phone numbers that the scenario doesn't hold."""
    text = known(view.scenario).text
    return [m.span() for m in _LINK.finditer(view.message) if m.group().lower().rstrip("/") not in text]
