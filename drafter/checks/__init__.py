"""The second reading of a message: what in it could hurt, push, mislead or go wrong, with the exact words.

`check` is the gate that every draft passes, and all of `drafter check`. It knows nothing of terminals, files
or engines. What it looks for is data (`prompts/rules`); the functions here find only what patterns can't:
how long a message is, how many things it asks, which of its facts nobody told us.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from drafter.checks.asks import none_asked
from drafter.checks.rules import CATEGORIES, Rule, RuleSet, without
from drafter.checks.scan import scan
from drafter.checks.shape import marks, too_long, unfilled
from drafter.checks.signs import row
from drafter.checks.view import Kind, View
from drafter.errors import InputError
from drafter.outcome import Finding
from drafter.scenario import Format, Scenario
from drafter.text import fold

__all__ = ["CATEGORIES", "FUNCTIONS", "Kind", "Rule", "RuleSet", "check", "without"]

Spans = list[tuple[int, int]]
_NOTHING = Scenario()


def _of_facts(name: str) -> "Callable[[View, Rule], Spans]":
    """A function of `facts`, which is loaded when there are facts to compare with."""

    def function(view: View, rule: Rule) -> Spans:
        if not view.has_facts:
            return []
        from drafter.checks import facts  # noqa: PLC0415  # see above

        found: Spans = getattr(facts, name)(view, rule)
        return found

    return function


FUNCTIONS: Mapping[str, Callable[[View, Rule], Spans]] = {
    "too_long": too_long,
    "unfilled": unfilled,
    "marks": marks,
    "none_asked": none_asked,
    "untraced": _of_facts("untraced"),
    "unknown_names": _of_facts("unknown_names"),
    "unknown_numbers": _of_facts("unknown_numbers"),
    "unknown_links": _of_facts("unknown_links"),
}
"""What a rule's `function` may name: each gives the code points to mark, from a view of the message."""

ANY_LANGUAGE = frozenset({"too_long", "unfilled", "marks"})
ASKS_TO_STOP = 3
"""From this many asks on the answer is taken as no (`docs`: a design choice, not a finding)."""


def check(
    message: str,
    scenario: Scenario | None = None,
    *,
    format: Format | None = None,  # noqa: A002  # the field's public name
    rules: RuleSet | None = None,
    kind: Literal["invitation", "question", "respected", "reply"] = "invitation",
) -> tuple[Finding, ...]:
    """What the checks find in `message`, in the order of its words.

    Args:
        message: any text; offsets in the findings count its code points.
        scenario: what it may state as fact; None or one without facts switches the invented-fact check off.
        format: text, note or talk; the scenario's where None.
        rules: the standard ones where None.
        kind: what the message is for; only an invitation has to ask for something.

    Raises:
        InputError: the message holds lone surrogates, which no text should.

    """
    try:
        message.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"the message is not valid text: half a character at position {error.start}",
            "save it as UTF-8 and try again",
        ) from error
    rules = rules or RuleSet.standard()
    scenario = scenario or _NOTHING
    if kind == "invitation" and (scenario.said_no or scenario.asks_before >= ASKS_TO_STOP):
        kind = "respected"
    folded = fold(message)
    view = View(
        message,
        folded,
        row(folded, rules.vocabulary),
        scenario,
        format or scenario.format,
        kind,
        rules,
        scenario is not _NOTHING and scenario.has_facts,
    )
    english = scenario.language.lower().split("-")[0] == "en"
    findings = _from_patterns(view) if english else _skipped(view)
    for rule in rules.rules:
        if rule.function and (english or rule.function in ANY_LANGUAGE) and not (rule.when and kind not in rule.when):
            function = FUNCTIONS.get(rule.function)
            if function:
                findings.extend(_finding(rule, message, *span) for span in function(view, rule))
    findings.sort(key=lambda f: (f.start, f.end, f.rule))
    return tuple(findings)


def _from_patterns(view: View) -> list[Finding]:
    found: list[Finding] = []
    ends: dict[str, int] = {}
    for hit in sorted(scan(view.row, view.rules, view.kind), key=lambda h: (h.start, -h.end)):
        # One word of advice a place is enough: of two findings of a category on the same words the first stays.
        if hit.start < ends.get(hit.rule.category, -1):
            continue
        ends[hit.rule.category] = hit.end
        found.append(_finding(hit.rule, view.message, *view.row.span(hit.start, hit.end)))
    return found


def _finding(rule: Rule, message: str, start: int, end: int) -> Finding:
    return Finding(rule.id, rule.category, rule.severity, start, end, message[start:end], rule.why, rule.fix)


def _skipped(view: View) -> list[Finding]:
    """One hint that a message in another language was not read for meaning."""
    return [_finding(rule, view.message, 0, 0) for rule in view.rules.rules if rule.function == "other_language"]
