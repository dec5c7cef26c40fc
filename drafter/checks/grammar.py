"""The pattern language of the rule files: words, groups of words, gaps; nothing that could run away.

    you {be} {very}? {fault}        words in order; `{group}` is any entry of a word group; `?` may be missing
    you never|hardly .. listen      `a|b` either word; `(a b|c)` either phrase; `..` up to three words of a clause
    if you ... then                 `...` up to six words of the same sentence, pauses included; `..9` up to nine
    < why !{not} you                `<` a sentence begins; `<,` a clause begins; `>` it ends; `!x` not followed by x
    what do you think ?             a `?`, `.` or `,` on its own is the mark itself; `#` a number, `*` any word

A pattern becomes a regular expression over signs (`signs.Row`). It has no unbounded repetition, so the time
it takes grows with the length of the text and no faster. `needs` names signs without which it cannot match:
the scan compiles and tries only patterns all of whose needs are there.
"""

import re
from collections.abc import Callable, Sequence

from drafter.checks.rules import Compiled
from drafter.checks.signs import open_word

_ITEM = re.compile(
    r"(?P<gap>\.\.(?:\.|\d{1,2})?)|(?P<group>\{[a-z_]+\})|(?P<word>[a-z0-9]+(?:['-][a-z0-9]+)*'?|'(?:s|d|ll|ve|re|m)\b)|(?P<mark><,|[<>.,#*!?()|\"])"
)
_MARKS = {
    "<": r'(?:^|(?<=[.?])|(?<=[.?]["]))',
    "<,": r'(?:^|(?<=[.?,"]))',
    ">": r'(?=[.?]|"?$)',
    ".": r"\.",
    ",": ",",
    '"': '"',
    "#": "0",
    "*": r'[^.?,"0]',
}
# So common that having one of them says nothing: a pattern that needs a rarer word waits for that.
COMMON = frozenset(
    "i you we it is be are am was to the a an and of in that this for me my your us our not have do would will can so"
    " if but with just on at he she they what at all one no as or about there want know like 's has had get how when"
    " think feel like up out time go"
    " come hour counsellor session say see someone been said who could once visit love day talk then sorry couples"
    " still never choose minutes ask somebody only any should because two sit person before more fine asking from"
    " home after"
    " nothing better going good right answer try by did us may than don when".split()
)

EVERYWHERE = "you i we it to the a and of in not would with me my do be one is come"
"""Words that nearly every message has."""


class PatternError(ValueError):
    """A pattern that can't be read.

    Args:
        what: what is wrong with it, a sentence.
        at: the place in the pattern, from 0.

    """

    def __init__(self, what: str, at: int) -> None:
        super().__init__(what)
        self.what = what
        self.at = at


_Need = tuple[frozenset[str], ...]
"""What a part of a pattern needs, in its order; empty where it may match without any sign."""
_MOST_NEEDS = 4


class Grammar:
    """Reads patterns, given the word groups and a way to get the sign of a word."""

    def __init__(self, group: Callable[[str], Sequence[str]], sign: Callable[[str], str]) -> None:
        """Take `group`, which gives the entries of a named group (KeyError where unknown), and `sign`."""
        self._group = group
        self._sign = sign
        self._groups: dict[str, tuple[str, _Need]] = {}
        self._everywhere = frozenset(map(sign, EVERYWHERE.split())) | {"?"}
        self._common: frozenset[str] = frozenset(sign(word) for word in sorted(COMMON))

    def read(self, pattern: str) -> Compiled:
        """The compiled form of `pattern`.

        Raises:
            PatternError: it can't be read; says why and where.

        """
        items = _items(pattern)
        source, need, rest = self._alternatives(items, 0)
        if rest < len(items):
            raise PatternError("a ')' without its '('", items[rest][2])
        rarest = min(range(len(need)), key=lambda i: (self._cost(need[i]), i), default=0)
        return Compiled(source, tuple("".join(sorted(signs)) for signs in need), rarest)

    def _cost(self, need: frozenset[str]) -> int:
        return len(need) + 30 * len(need & self._common) + 900 * len(need & self._everywhere)

    def _alternatives(self, items: "list[_Item]", at: int) -> tuple[str, _Need, int]:
        sources: list[str] = []
        needs: list[_Need] = []
        while True:
            source, need, at = self._sequence(items, at)
            sources.append(source)
            needs.append(need)
            if at < len(items) and items[at][1] == "|":
                at += 1
                continue
            break
        merged = needs[0] if len(needs) == 1 else self._either(needs)
        return (sources[0] if len(sources) == 1 else f"(?:{'|'.join(sources)})"), merged, at

    def _either(self, needs: Sequence[_Need]) -> _Need:
        """What alternatives need: one of what each needs most, or nothing where one needs nothing."""
        if not all(needs):
            return ()
        return (frozenset().union(*(min(need, key=self._cost) for need in needs)),)

    def _sequence(self, items: "list[_Item]", at: int) -> tuple[str, _Need, int]:
        sources: list[str] = []
        needs: list[frozenset[str]] = []
        while at < len(items) and items[at][1] not in (")", "|"):
            source, need, at = self._choice(items, at)
            sources.append(source)
            needs.extend(need)
        if not sources:
            raise PatternError("something is missing here", items[min(at, len(items) - 1)][2] if items else 0)
        return "".join(sources), self._rarest(needs), at

    def _rarest(self, needs: Sequence[frozenset[str]]) -> _Need:
        """The rarest few of `needs`, in their order."""
        order = sorted(range(len(needs)), key=lambda i: (self._cost(needs[i]), i))[:_MOST_NEEDS]
        return tuple(needs[i] for i in sorted(order))

    def _choice(self, items: "list[_Item]", at: int) -> tuple[str, _Need, int]:
        """Items joined by a `|` without blanks around it, then perhaps a `?`."""
        sources: list[str] = []
        needs: list[_Need] = []
        negative = items[at][1] == "!"
        at += negative
        while True:
            if at >= len(items):
                raise PatternError("something is missing at the end", items[-1][2])
            source, need, at = self._atom(items, at)
            sources.append(source)
            needs.append(need)
            if at + 1 < len(items) and items[at][1] == "tight|":
                at += 1
                continue
            break
        source = sources[0] if len(sources) == 1 else f"(?:{'|'.join(sources)})"
        if negative:
            return f"(?!{source})", (), at
        if at < len(items) and items[at][1] == "opt":
            return f"(?:{source})?", (), at + 1
        return source, needs[0] if len(needs) == 1 else self._either(needs), at

    def _atom(self, items: "list[_Item]", at: int) -> tuple[str, _Need, int]:
        kind, value, place = items[at]
        if kind == "gap":
            most = {"..": 3, "...": 6}.get(value) or int(value[2:])
            inside = ".?" if value == "..." or most > 6 else '.?,"'  # noqa: PLR2004  # a long gap spans clauses
            return f"[^{inside}]{{0,{most}}}?", (), at + 1
        if kind == "group":
            return (*self._whole_group(value[1:-1], place), at + 1)
        if kind == "word":
            return (*self._words(value), at + 1)
        if value == "(":
            source, need, at = self._alternatives(items, at + 1)
            if at >= len(items) or items[at][1] != ")":
                raise PatternError("a '(' without its ')'", place)
            return f"(?:{source})", need, at + 1
        if value == "?":
            return r"\?", (frozenset("?"),), at + 1
        if value in _MARKS:
            return _MARKS[value], (), at + 1
        raise PatternError(f"'{value.removeprefix('tight').replace('opt', '?')}' can't stand here", place)

    def _words(self, text: str) -> tuple[str, _Need]:
        signs = [self._sign(part) for word in text.replace("-", " ").split() for part in open_word(word.rstrip("'"))]
        return "".join(signs), self._rarest([frozenset(sign) for sign in signs])

    def _whole_group(self, name: str, place: int) -> tuple[str, _Need]:
        found = self._groups.get(name)
        if found is None:
            try:
                entries = self._group(name)
            except KeyError:
                raise PatternError(f"there is no word group '{{{name}}}'", place) from None
            single: list[str] = []
            phrases: list[str] = []
            needs: list[_Need] = []
            for entry in entries:
                source, need = self._words(entry)
                (single if len(source) == 1 else phrases).append(source)
                needs.append(need)
            parts = sorted(phrases, key=len, reverse=True)
            if single:
                parts.append(_class(single))
            source = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
            found = self._groups[name] = source, self._either(needs)
        return found


_Item = tuple[str, str, int]


def _class(signs: Sequence[str]) -> str:
    """A character class, with neighbours as ranges: short to store, quick to compile."""
    codes = sorted({ord(sign) for sign in signs})
    out: list[str] = []
    at = 0
    while at < len(codes):
        end = at
        while end + 1 < len(codes) and codes[end + 1] == codes[end] + 1:
            end += 1
        out.append(chr(codes[at]) if end == at else f"{chr(codes[at])}-{chr(codes[end])}")
        at = end + 1
    return f"[{''.join(out)}]" if len(codes) > 1 else out[0]


def _items(pattern: str) -> list[_Item]:
    """The items of a pattern: kind, value, place.

    A `?` that touches what it follows is `opt`; a `|` outside brackets that joins two words is `tight|`.
    """
    items: list[_Item] = []
    at = depth = 0
    while at < len(pattern):
        if pattern[at] == " ":
            at += 1
            continue
        match = _ITEM.match(pattern, at)
        if not match:
            raise PatternError(f"'{pattern[at]}' has no meaning in a pattern", at)
        kind, value = match.lastgroup or "", match.group()
        touches = at > 0 and pattern[at - 1] not in " (|"
        if kind == "mark":
            depth += (value == "(") - (value == ")")
            if value == "?" and touches:
                value = "opt"
            elif value == "|" and not depth and touches and pattern[at + 1 : at + 2] not in (" ", ""):
                value = "tight|"
        items.append((kind, value, at))
        at = match.end()
    return items
