"""What the person told us: the one source of facts that a message may use.

A `Scenario` is made by `scenario_from`, which cleans every text, checks types and names the nearest known
field for an unknown one. It knows nothing of files; `sources` reads those.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, cast

from drafter.errors import InputError
from drafter.text import clean, one_line

Format = Literal["talk", "text", "note"]
FORMATS: tuple[Format, ...] = ("talk", "text", "note")
MAX_FIELD = 8_000
"""The longest a field may be, in characters (the contract's limit)."""
MAX_ITEMS = 50
"""The most items `matters` may hold: more is a mistake in the file, not a person's list."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_URL = re.compile(r"https?://[^\s<>\"'()]+")


@dataclass(frozen=True, slots=True)
class Resource:
    """An article, podcast or video that the user picked.

    Attributes:
        title: its name as the user typed it; empty where only a link was given.
        url: its link; empty where none was given.

    """

    title: str = ""
    url: str = ""

    def __bool__(self) -> bool:
        return bool(self.title or self.url)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One situation, as told by the user; the field meanings are the contract's.

    Every text is cleaned of control characters and stripped; an absent field is empty.
    """

    id: str = ""
    objection: str = ""
    matters: tuple[str, ...] = ()
    name: str = ""
    relationship: str = ""
    situation: str = ""
    want: str = ""
    my_part: str = ""
    appreciate: str = ""
    resource: Resource = Resource()
    option: str = ""
    offer: str = ""
    asks_before: int = 0
    said_no: bool = False
    format: Format = "talk"
    language: str = "en"
    country: str = ""

    def texts(self) -> dict[str, str]:
        """Every non-empty text that the user typed about the two people, by field; `matters[0]`, … apart.

        This is what a screen has to read: all of it.
        """
        out = {name: value for name in TEXT_FIELDS if (value := cast("str", getattr(self, name)))}
        out.update({f"matters[{i}]": item for i, item in enumerate(self.matters)})
        if self.resource.title:
            out["resource"] = self.resource.title
        return out

    @property
    def has_facts(self) -> bool:
        """Whether there is anything in it to trace a statement to."""
        return bool(self.texts() or self.resource)


TEXT_FIELDS = (
    "objection",
    "name",
    "relationship",
    "situation",
    "want",
    "my_part",
    "appreciate",
    "option",
    "offer",
)
FIELDS = tuple(field.name for field in fields(Scenario))
_TRUE, _FALSE = {"true", "yes", "y", "1"}, {"false", "no", "n", "0", ""}


def scenario_from(data: Mapping[str, Any], *, strings: bool = False) -> Scenario:
    """The scenario that `data` describes.

    Args:
        data: field names to values; None and missing mean "not told".
        strings: whether numbers, booleans and lists may come as text, as in a CSV row or from flags
            (`matters` is then split at `;`).

    Raises:
        InputError: an unknown field, a wrong type, a value out of range, or a field that is too long. The
            sentence names the field and says what to write instead.

    """
    values: dict[str, Any] = {}
    for raw, value in data.items():
        field = raw.strip() if isinstance(raw, str) else raw
        if field not in FIELDS:
            raise _unknown(field)
        if value is None:
            continue
        values[field] = _READERS.get(field, _text)(field, value, strings)
    return Scenario(**values)


def _unknown(field: object) -> InputError:
    shown = one_line(str(field))[:40]
    near = difflib.get_close_matches(shown.lower().replace("-", "_").replace(" ", "_"), FIELDS, n=1, cutoff=0.5)
    remedy = f"did you mean '{near[0]}'?" if near else f"the fields are: {', '.join(FIELDS)}"
    return InputError(f"there is no field '{shown}'", remedy)


def _wrong(field: str, value: object, expected: str) -> InputError:
    kinds = {str: "text", bool: "true/false", int: "a number", float: "a number", list: "a list", dict: "a group"}
    kind = next((name for kind, name in kinds.items() if type(value) is kind), type(value).__name__)
    return InputError(f"'{field}' is {kind}", f"write {expected}")


_EXAMPLES = {
    "objection": "the partner's words, like: \"We don't need a stranger telling us what to do\"",
    "matters": 'a list of short texts, like: ["his Sundays off", "not wasting money"]',
    "resource": 'a title, or {title: "…", url: "https://…"}',
    "asks_before": "a whole number, 0 or more, like: 2",
    "said_no": "true or false",
    "format": "one of: talk, text, note",
    "language": "a language tag, like: en or de-AT",
    "country": "two letters, like: US",
}


def _text(field: str, value: object, strings: bool) -> str:  # noqa: ARG001, FBT001  # the readers' common form
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _wrong(field, value, _EXAMPLES.get(field, "text in quotes"))
    text = str(value)
    if len(text) > MAX_FIELD:
        raise InputError(
            f"'{field}' is {len(text):,} characters long, more than the {MAX_FIELD:,} that fit",
            "shorten it to what matters most; nothing was cut",
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(f"'{field}' holds half a character that is no text", "type those words again") from None
    return clean(text).strip() if field == "situation" else one_line(text)


def _matters(field: str, value: object, strings: bool) -> tuple[str, ...]:  # noqa: FBT001
    if isinstance(value, str):
        items: list[object] = list(value.split(";")) if strings else [value]
    elif isinstance(value, list | tuple):
        items = list(value)
    else:
        raise _wrong(field, value, _EXAMPLES[field])
    if len(items) > MAX_ITEMS:
        raise InputError(f"'{field}' has {len(items)} items, more than {MAX_ITEMS}", "keep what matters most")
    return tuple(text for i, item in enumerate(items) if (text := _text(f"{field}[{i}]", item, strings)))


def _resource(field: str, value: object, strings: bool) -> Resource:  # noqa: FBT001
    if isinstance(value, Mapping):
        unknown = [key for key in value if key not in ("title", "url")]
        if unknown:
            raise InputError(f"'{field}' has no '{one_line(str(unknown[0]))[:40]}'", f"write {_EXAMPLES[field]}")
        title, url = (
            _text(f"{field}.{key}", value[key], strings) if value.get(key) is not None else ""
            for key in ("title", "url")
        )
    elif isinstance(value, str):
        text = _text(field, value, strings)
        link = _URL.search(text)
        url = link.group().rstrip(".,;") if link else ""
        title = text.replace(url, "").strip(" -:,()\u2013\u2014") if url else text
    else:
        raise _wrong(field, value, _EXAMPLES[field])
    if url and not _URL.fullmatch(url):
        raise InputError(f"'{field}.url' is not a web address", "write one that begins with https://")
    return Resource(title, url)


def _count(field: str, value: object, strings: bool) -> int:  # noqa: FBT001
    if strings and isinstance(value, str):
        value = value.strip()
        if not value:
            return 0
        value = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else value  # noqa: PLR2004
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(field, value, _EXAMPLES[field])
    if value < 0:
        raise InputError(f"'{field}' is {value}", f"write {_EXAMPLES[field]}")
    return value


def _flag(field: str, value: object, strings: bool) -> bool:  # noqa: FBT001
    if strings and isinstance(value, str) and value.strip().lower() in _TRUE | _FALSE:
        return value.strip().lower() in _TRUE
    if not isinstance(value, bool):
        raise _wrong(field, value, _EXAMPLES[field])
    return value


def _choice(field: str, value: object, strings: bool) -> Format:  # noqa: FBT001
    text = _text(field, value, strings).lower()
    if not text:
        return "talk"
    if text not in FORMATS:
        near = difflib.get_close_matches(text, FORMATS, n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'?" if near else f"write {_EXAMPLES[field]}"
        raise InputError(f"'{field}' can't be '{text[:40]}'", hint)
    return text


def _language(field: str, value: object, strings: bool) -> str:  # noqa: FBT001
    text = _text(field, value, strings).replace("_", "-")
    if text and not _LANGUAGE.fullmatch(text):
        raise InputError(f"'{field}' is not a language tag: '{text[:40]}'", f"write {_EXAMPLES[field]}")
    return text or "en"


def _country(field: str, value: object, strings: bool) -> str:  # noqa: FBT001
    text = _text(field, value, strings).upper()
    if text and not _COUNTRY.fullmatch(text):
        raise InputError(f"'{field}' is not a country code: '{text[:40]}'", f"write {_EXAMPLES[field]}")
    return {"UK": "GB"}.get(text, text)


_READERS: Mapping[str, Any] = {
    "matters": _matters,
    "resource": _resource,
    "asks_before": _count,
    "said_no": _flag,
    "format": _choice,
    "language": _language,
    "country": _country,
}
