"""Checks of a message's shape: its length, placeholders left in, marks that people don't type."""

import re
from functools import lru_cache

from drafter.checks.rules import Rule
from drafter.checks.view import View
from drafter.text import count_words

_UNFILLED = (
    r"\{\{[^{}\n]{0,60}\}\}|\{%[^{}\n]{0,60}%\}|\$\{[^{}\n]{1,60}\}"
    r"|\{[A-Za-z][\w './-]{0,40}\}"
    r"|\[(?!sic\b|x\]|\d{1,3}\])[A-Za-z?_.\u2026][^\[\]\n]{0,60}\](?!\()"
    r"|<(?!3)/?[A-Za-z][\w '/-]{0,40}>"
    r"|%[a-z][a-z_]{1,30}%|%\([a-z_]{1,30}\)s"
    r"|_{3,}|(?<![\w.])\.{5,}(?=\s|$)"
    r"|\b[Xx]{2}(?:[/.:-][Xx]{2,4}){1,2}\b|[$\u00a3\u20ac][Xx]{1,4}\b|\b[Xx]{3,}\b(?=[^\n]|$)(?<![Xx] )"
    r"|\b(?:TBC|TBD|TODO|FIXME|TBA)\b"
    r"|\b(?i:lorem ipsum)\b"
    r"|\((?i:(?:insert|add|your|their|his|her|partner'?s?|husband'?s?|wife'?s?|the|therapist'?s?|counsell?or'?s?) "
    r"(?:\w+ ){0,3}(?:name|date|time|day|place|address|number|price|here|reason|example|feeling)s?)\)"
    r"|\b(?i:insert (?:\w+ ){0,3}here)\b"
    r"|\b(?:NAME|DATE|TIME|PLACE|DAY|THERAPIST|COUNSELLOR|COUNSELOR|PARTNER|ADDRESS|LOCATION)"
    r"(?: (?:OF|THE|HERE|NAME|GOES|A|COUNSELLOR|COUNSELOR|THERAPIST|PARTNER|PLACE|DATE|TIME))+\b"
    r"|\b(?:PARTNER|YOUR|THERAPIST|HUSBAND|WIFE|CLINIC|FIRST|LAST)(?:'S)?[ _]NAME\b"
)


@lru_cache(maxsize=1)
def _placeholder() -> re.Pattern[str]:
    return re.compile(_UNFILLED)


# What every placeholder holds one of: most messages need no closer look.
_SUSPECT = ("[", "{", "<", "_", "%", "$", "\u00a3", "\u20ac", "xx", ".....", "(", "lorem", "insert")
_CAPITALS = re.compile("[A-Z]{3}")


def unfilled(view: View, rule: Rule) -> list[tuple[int, int]]:  # noqa: ARG001  # the functions' common form
    """Placeholders that were left in: `[Name]`, `{{day}}`, `____`, `XX/XX`, `TBC`."""
    if not any(mark in view.folded.text for mark in _SUSPECT) and not _CAPITALS.search(view.message):
        return []
    return [m.span() for m in _placeholder().finditer(view.message) if not _kisses(m.group())]


def _kisses(text: str) -> bool:
    """Whether this is how a message may end: "xxx"."""
    return set(text) <= {"x"}


def too_long(view: View, rule: Rule) -> list[tuple[int, int]]:
    """The whole message where it has more words than its format bears; the limit stands in the rule."""
    limit = rule.limits.get(view.format, 0)
    if limit and count_words(view.message) > limit:
        return [(0, len(view.message))]
    return []


_MARKS = re.compile(
    r"^\s{0,3}#{1,6} \S[^\n]{0,80}|\*\*[^*\n]{1,80}\*\*"
    r"|^\s{0,3}(?:[*\u2022-]|\d\.) \S[^\n]{0,80}(?=\n\s{0,3}(?:[*\u2022-]|\d\.) )",
    re.MULTILINE,
)


def marks(view: View, rule: Rule) -> list[tuple[int, int]]:  # noqa: ARG001  # the functions' common form
    """Headings, bold type and bullets: nobody says those."""
    return [m.span() for m in _MARKS.finditer(view.message)]
