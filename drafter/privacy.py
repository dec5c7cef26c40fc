"""What may leave the machine: names, addresses and numbers become placeholders, and come back in the answer.

The same thing always gets the same placeholder within one `Veil`, so that an answer can be put back together;
a model that changes a placeholder's case, its brackets or its possessive does not stop that. Nothing is kept
beyond the object.
"""

import re
from collections.abc import Iterable

_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_LINK = r"(?:https?://|www\.)[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]"
# A bare domain only with a well-known ending: "works.Then" is a missing blank.
_DOMAIN = (
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|info|co\.uk|org\.uk|uk|de|fr|ie|ca|au|nz|in|us|eu|app|me)"
    r"(?:/[^\s<>\"')\]]*)?\b"
)
_ACCOUNT = (
    r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?\b"  # IBAN
    r"|\b\d{3}-\d{2}-\d{4}\b"  # US social security number
    r"|\b(?:\d[ -]?){13,19}\b"  # cards
    r"|\b(?=[A-Z0-9-]*\d[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]{6,}\b"  # policy, passport, case numbers
)
_DIGITS = r"\b\d{6,}\b"
_PHONE = (
    r"(?<![\w.])(?!(?:19|20)\d\d[ -](?:19|20)\d\d\b)(?:\+\d{1,3}[ .-]?)?(?:\(\d{1,5}\)[ .-]?)?"
    r"\d{2,5}(?:[ .-]\d{2,7}){1,4}(?![\w])|(?<!\w)\+\d{7,15}\b"
)
_STREET = (
    r"(?:\b(?:flat|apt\.?|apartment|unit)\s+\w{1,4},?\s+)?\b\d{1,5}[a-z]?\s+"
    r"(?:(?!(?:of|the|and|in|for|years?|days?|weeks?|minutes?|times?)\b)"
    r"[A-Za-z][\w'.-]*\s+){1,3}"
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|crescent|square|terrace|way|place"
    r"|boulevard|blvd|gardens|grove|row|hill|mews|parade)\b\.?"
    r"|\b[A-Z][\w-]*(?:stra(?:ß|ss)e|str\.)\s+\d{1,4}[a-z]?\b"
)
_POSTCODE = r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b"
_KINDS: tuple[tuple[str, str, int], ...] = (
    ("EMAIL", _EMAIL, 0),
    ("LINK", _LINK, re.IGNORECASE),
    ("LINK", _DOMAIN, re.IGNORECASE),
    ("ADDRESS", _STREET, re.IGNORECASE),
    ("ADDRESS", _POSTCODE, 0),
    ("NUMBER", _ACCOUNT, 0),
    ("PHONE", _PHONE, 0),
    ("NUMBER", _DIGITS, 0),
)
_PATTERNS = [(kind, re.compile(pattern, flags)) for kind, pattern, flags in _KINDS]
# "[NAME_1]" as we write it, and as models bring it back: "[Name 1]", "NAME_1", "name-1", "{NAME1}", "<NAME_1>".
_PLACEHOLDER = re.compile(
    r"(?:\[{1,2}|\{{1,2}|<)\s*(NAME|EMAIL|LINK|ADDRESS|NUMBER|PHONE|HIDDEN)[ _-]?(\d{1,4})\s*(?:\]{1,2}|\}{1,2}|>)"
    r"|\b(NAME|EMAIL|LINK|ADDRESS|NUMBER|PHONE|HIDDEN)_(\d{1,4})\b",
    re.IGNORECASE,
)
_MIN_PHONE_DIGITS = 7


class Veil:
    """Stable placeholders for what identifies people, and the way back.

    Args:
        names: names of the two people; each word of a name is veiled too.
        hide: words and phrases the person listed with `--hide`.

    """

    def __init__(self, names: Iterable[str] = (), hide: Iterable[str] = ()) -> None:
        self._by_value: dict[tuple[str, str], str] = {}
        self._values: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._own: list[tuple[str, re.Pattern[str]]] = []
        hidden = sorted({h.strip() for h in hide if h.strip()}, key=len, reverse=True)
        self._own += [("HIDDEN", _word(entry, ignore_case=True)) for entry in hidden]
        whole = {n.strip() for n in names if n.strip()}
        parts = {part for name in whole for part in name.split() if len(part) > 1}
        for entry in sorted(whole | parts, key=lambda n: (-len(n), n)):
            # A name that is also a word ("Will", "Mark") is veiled only as it is written.
            self._own.append(("NAME", _word(entry, ignore_case=entry.lower() not in _ALSO_WORDS)))

    def veil(self, text: str) -> str:
        """`text` with everything that identifies replaced; what was veiled before keeps its placeholder.

        Text that already looks like one of our placeholders is veiled itself, so that the way back is exact.
        """
        pieces: list[tuple[bool, str]] = [(False, text)]
        pieces = self._replace(pieces, "HIDDEN", _PLACEHOLDER)
        for kind, pattern in (*self._own[: self._hidden()], *_PATTERNS, *self._own[self._hidden() :]):
            pieces = self._replace(pieces, kind, pattern)
        return "".join(piece for _, piece in pieces)

    def _hidden(self) -> int:
        return sum(1 for kind, _ in self._own if kind == "HIDDEN")

    def _replace(self, pieces: list[tuple[bool, str]], kind: str, pattern: re.Pattern[str]) -> list[tuple[bool, str]]:
        out: list[tuple[bool, str]] = []
        for done, piece in pieces:
            if done:
                out.append((done, piece))
                continue
            at = 0
            for match in pattern.finditer(piece):
                value = match.group()
                if not value or (kind == "PHONE" and sum(c.isdigit() for c in value) < _MIN_PHONE_DIGITS):
                    continue
                out += [(False, piece[at : match.start()]), (True, self._placeholder(kind, value))]
                at = match.end()
            out.append((False, piece[at:]))
        return out

    def _placeholder(self, kind: str, value: str) -> str:
        found = self._by_value.get((kind, value))
        if found is None:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            key = f"{kind}_{self._counts[kind]}"
            found = self._by_value[kind, value] = f"[{key}]"
            self._values[key] = value
        return found

    def unveil(self, text: str) -> str:
        """`text` with our placeholders put back, however they come back; an unknown one stays as it is."""

        def back(match: re.Match[str]) -> str:
            kind, number = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
            return self._values.get(f"{kind.upper()}_{int(number)}", match.group())

        return _PLACEHOLDER.sub(back, text)

    @property
    def hidden(self) -> tuple[str, ...]:
        """Everything veiled so far, in order: for a warning, never for a file."""
        return tuple(self._values.values())


def _word(entry: str, *, ignore_case: bool) -> re.Pattern[str]:
    spaced = r"\s+".join(re.escape(part) for part in entry.split())
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE if ignore_case else 0)


_ALSO_WORDS = frozenset(
    "will mark hope grace art bill rob pat drew chase hunter faith joy rose guy sunny dawn eve summer jack may max ray "
    "sky star sue rich frank penny ruby june april august dot don an so my me".split()
)
