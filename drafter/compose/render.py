"""Words a line of `prompts/`: choices made, slots filled, no value ever rendered twice.

A line is a Jinja template, with `<a|b>` for a choice of wordings. Nearly all use nothing of Jinja but
`{{ slot }}` and `{{ slot.attribute }}` and are filled here directly, for Jinja's compiler would take longer
than all the rest of a run; whichever uses more is given to Jinja.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

Pick = Callable[[int], int]
"""How many there are to choose from -> which."""

_Part = str | tuple[str, str] | list["_Parts"]
_Parts = list[_Part]
_CHOICE = re.compile(r"<([^<>]*)>")
_SLOT = r"\{\{ *([a-z_]+)(?:\.([a-z_]+))? *\}\}"
_PIECE = re.compile(rf"{_CHOICE.pattern}|{_SLOT}")


def first(_: int) -> int:
    """Choose the first."""
    return 0


def render(text: str, slots: Mapping[str, object], pick: Pick = first) -> str:
    """The words of a line; a slot that nothing was given for is an error, never a gap."""
    if "{" not in text and "<" not in text:
        return text
    if "{%" not in text and "{#" not in text and text.count("{{") == len(re.findall(_SLOT, text)):
        return _filled(_parts(text), slots, pick)
    return _by_jinja(_CHOICE.sub(lambda match: _chosen(match.group(1).split("|"), pick), text), slots)


def _chosen(wordings: list[str], pick: Pick) -> str:
    return wordings[pick(len(wordings))]


def _by_jinja(text: str, slots: Mapping[str, object]) -> str:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # 70 ms that hardly a run need pay

    # Not HTML: what is made is plain text.
    return Environment(undefined=StrictUndefined, autoescape=False).from_string(text).render(slots)  # noqa: S701


@lru_cache(maxsize=4096)
def _parts(text: str) -> _Parts:
    """A line taken apart once: words, slots as (name, attribute), choices as lists of parts."""
    parts: _Parts = []
    at = 0
    for found in _PIECE.finditer(text):
        parts.append(text[at : found.start()])
        choice, name, attribute = found.groups()
        parts.append((name, attribute or "") if name else [_parts(part) for part in choice.split("|")])
        at = found.end()
    parts.append(text[at:])
    return parts


def _filled(parts: _Parts, slots: Mapping[str, object], pick: Pick) -> str:
    out: list[str] = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, list):
            out.append(_filled(part[pick(len(part))], slots, pick))
        else:
            name, attribute = part
            value = slots[name]
            out.append(str(getattr(value, attribute) if attribute else value))
    return "".join(out)


def tidy(text: str) -> str:
    """A rendered line with the blanks mended that a slot or an empty choice left, and its first letter large."""
    text = re.sub(r"\s+", " ", text).replace(" ,", ",").replace(" .", ".").replace(" 'm ", "'m ").strip()
    return text[:1].upper() + text[1:]
