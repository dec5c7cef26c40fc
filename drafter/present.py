"""From an outcome to what a person or a program reads: a quiet page, the bare message, or JSON.

Returns text and writes none. What came from the person or from a model is cleaned of anything that could act
on a terminal, and is never read as markup. The words around it come from `prompts/ui/`.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from drafter.data import load_yaml
from drafter.outcome import Finding, HelpLine, Line, Outcome
from drafter.text import clean, one_line

_WIDEST, _NARROWEST = 76, 24


@dataclass(frozen=True, slots=True)
class Look:
    """How wide a page may be, and whether it may be styled."""

    width: int = 80
    color: bool = False

    @property
    def columns(self) -> int:
        """The width that is used: no line longer than is easy to read, none shorter than a few words."""
        return min(max(self.width, _NARROWEST), _WIDEST)

    def bold(self, text: str) -> str:
        """A heading, or the words that matter most."""
        return f"\x1b[1m{text}\x1b[0m" if self.color else text

    def dim(self, text: str) -> str:
        """What stands back."""
        return f"\x1b[2m{text}\x1b[0m" if self.color else text


def words() -> Mapping[str, Any]:
    """The words around a message (`prompts/ui/invite.yaml`)."""
    found: Mapping[str, Any] = load_yaml("ui/invite.yaml")
    return found


def notice(name: str, **values: object) -> str:
    """One of the notices, filled in."""
    return one_line(str(words()["notices"][name]).format(**values))


# Plain text and JSON ----------------------------------------------------------------------------------


def message(outcome: Outcome) -> str:
    """The message alone, ready to be sent; empty where there is none fit to be."""
    return clean(outcome.message) if outcome.status not in ("stopped", "failed") else ""


def messages(outcomes: Sequence[Outcome]) -> str:
    """The messages alone, numbered where there are several."""
    texts = [text for outcome in outcomes if (text := message(outcome))]
    if len(outcomes) == 1:
        return "".join(f"{text}\n" for text in texts)
    return "\n".join(f"{number}.\n{text}\n" for number, text in enumerate(texts, 1))


def as_json(outcomes: Sequence[Outcome], *, lines: bool = False) -> str:
    """The whole outcomes: one as an indented object, or with `lines` as JSON Lines."""
    import json  # noqa: PLC0415  # only --json needs it

    if not lines:
        return json.dumps(outcomes[0].to_dict(), ensure_ascii=False, indent=2) + "\n"
    return "".join(json.dumps(item.to_dict(), ensure_ascii=False, separators=(",", ":")) + "\n" for item in outcomes)


# The page ---------------------------------------------------------------------------------------------


def page(outcomes: Sequence[Outcome], look: Look) -> str:
    """What a person sees in a terminal: each message, why it says what it says, and how to use it."""
    heads = words()["headings"]
    parts: list[str] = []
    for number, outcome in enumerate(outcomes, 1):
        if len(outcomes) > 1:
            parts.append(look.bold(_wrap(heads["variant"].format(number=number, count=len(outcomes)), look)))
        parts.extend(_version(outcome, look))
    last = outcomes[-1]
    parts.extend(_section(heads["reading"], [_reading(last)] if last.reading else [], look))
    parts.extend(_section(heads["turns"], _turns(last, look), look, wrap=False))
    # Of a declined one the advice is why, and stands before the message: see `aside`.
    parts.extend(_section(heads["advice"], last.advice if last.status != "declined" else (), look))
    return "\n" + "\n\n".join(part for part in parts if part) + "\n\n"


def aside(outcome: Outcome, look: Look, *, cues: bool) -> str:
    """What has to be said beside a message, or instead of one: for standard error; mostly empty.

    `cues`: whether the words that a hazard went by may be shown, which they may on a terminal and in no file.
    """
    said = words()["status"]
    parts: list[str] = []
    own = [_wrap(text, look) for text in outcome.advice]
    if outcome.status == "declined":
        parts = own or [_wrap(said["declined"], look)]
        parts.extend([_wrap(said["declined_instead"], look)] if outcome.message else [])
    elif outcome.status == "failed" and not outcome.message:
        parts = own or [_wrap(said["failed_empty"], look)]
    elif outcome.status == "failed":
        parts = [_wrap(said["failed"], look), _block(outcome.message, look)]
        parts.extend(_section(words()["headings"]["findings"], map(_finding, outcome.findings), look))
    elif outcome.status == "stopped":
        parts = _stopped(outcome, look, cues=cues)
    elif outcome.status in ("question", "respected"):
        parts = [_wrap(said[outcome.status], look)]
    return "\n\n".join(parts) + "\n" if parts else ""


def _stopped(outcome: Outcome, look: Look, *, cues: bool) -> list[str]:
    texts = words()
    own = [_wrap(text, look) for text in outcome.advice]
    parts = own or [_wrap(texts["status"]["stopped"], look)]
    parts.extend(_wrap(texts["question"].format(question=h.question), look) for h in outcome.hazards if h.question)
    went_by = [f"“{one_line(hazard.cue)}”" for hazard in outcome.hazards if hazard.cue and cues]
    parts.extend(_section(texts["headings"]["hazards"], went_by, look))
    parts.extend(_section(texts["help"]["heading"], _help(outcome.help, look), look, wrap=False))
    return parts


def _version(outcome: Outcome, look: Look) -> Iterator[str]:
    if not message(outcome):
        return
    yield _block(outcome.message, look)
    heads = words()["headings"]
    yield from _section(heads["lines"], _reasons(outcome.lines, look), look, wrap=False)
    yield from _section(heads["findings"], map(_finding, outcome.findings), look)


def _reasons(lines: Iterable[Line], look: Look) -> Iterator[str]:
    labels = words()["principles"]
    for line in lines:
        if line.why:
            quote = _wrap(f"“{_short(line.text, look.columns - 6)}”", look, indent=2)
            why = _wrap(f"{one_line(line.why)} ({labels.get(line.principle, line.principle)})", look, indent=4)
            yield f"{quote}\n{look.dim(why)}"


def _short(text: str, room: int) -> str:
    """The beginning of a line, whole words, as much as fits."""
    text = one_line(text)
    if _cells(text) <= room:
        return text
    out = ""
    for word in text.split():
        if _cells(f"{out} {word}") >= room:
            break
        out = f"{out} {word}".strip()
    return f"{out}…"


def _reading(outcome: Outcome) -> str:
    texts = words()["reading"]
    labels = words()["fears"]
    first, *others = outcome.reading
    name = labels.get(first.fear, first.fear.replace("_", " "))
    said = texts["one" if first.cue else "bare"].format(fear=name, cue=_short(first.cue, 60))
    said = said[:1].upper() + said[1:]
    if not others:
        return str(texts["single"].format(first=said))
    named = ", ".join(labels.get(item.fear, item.fear.replace("_", " ")) for item in others)
    return str(texts["more"].format(first=said, others=named))


def _finding(finding: Finding) -> str:
    texts = words()
    said = texts["finding"].format(quote=one_line(finding.quote), why=one_line(finding.why))
    return f"{said} {texts['finding_fix'].format(fix=one_line(finding.fix))}" if finding.fix else str(said)


def _turns(outcome: Outcome, look: Look) -> Iterator[str]:
    for turn in outcome.turns:
        they = words()["turn"].format(they=one_line(turn.if_they_say))
        yield f"{look.dim(_wrap(they, look, indent=2))}\n{_wrap(one_line(turn.you_could_say), look, indent=4)}"


def _help(lines: Iterable[HelpLine], look: Look) -> Iterator[str]:
    texts = words()["help"]
    for line in lines:
        said = texts["line_with_hours" if line.hours else "line"].format_map(asdict(line))
        checked = texts["checked"].format(url=line.url, date=line.checked_on) if line.checked_on else line.url
        yield f"{_wrap(said, look, indent=2)}\n{look.dim(_wrap(checked, look, indent=4))}"


def _section(heading: str, items: Iterable[str], look: Look, *, wrap: bool = True) -> list[str]:
    """A heading with its items beneath, or nothing where there are none."""
    shown = [f"  - {_wrap(item, look, indent=4).lstrip()}" if wrap else item for item in items]
    return [look.bold(_wrap(heading, look)) + "\n" + "\n".join(shown)] if shown else []


def _block(text: str, look: Look) -> str:
    """A message as it reads: its own paragraphs kept, set in a little."""
    return "\n".join(_wrap(line, look, indent=2) for line in clean(text).split("\n"))


# The principles ---------------------------------------------------------------------------------------


def principles_json() -> str:
    """The article and the principles (`prompts/principles.yaml`) as JSON."""
    import json  # noqa: PLC0415

    return json.dumps(load_yaml("principles.yaml"), ensure_ascii=False, indent=2) + "\n"


def principles_page(look: Look) -> str:
    """The principles as a page to read."""
    data, texts = load_yaml("principles.yaml"), load_yaml("ui/principles.yaml")
    parts = [_wrap(texts["begin"].format(**data["article"]), look)]
    for item in data["principles"]:
        heading = look.bold(texts[item["kind"]].format(title=item["title"], id=item["id"]))
        origins = [
            _wrap(texts[kind].format(text=text), look, indent=4)
            for source in item["sources"]
            for kind, text in source.items()
        ]
        parts.append("\n".join([heading, _wrap(item["idea"], look, indent=2), *map(look.dim, origins)]))
    parts.append(_wrap(texts["end"], look))
    return "\n\n".join(parts) + "\n"


# Width ------------------------------------------------------------------------------------------------


def _cells(text: str) -> int:
    """How many columns `text` takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) or char == "\u200d" else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _wrap(text: str, look: Look, indent: int = 0) -> str:
    """`text` in lines no wider than the page; a longer word stays whole, so that a link can still be copied."""
    room = look.columns - indent
    lines = [""]
    for word in clean(str(text)).split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and _cells(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(" " * indent + line if line else "" for line in lines)
