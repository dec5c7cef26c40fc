"""The rule language of the screen: short patterns over words and roles, read from `prompts/`.

A pattern is a line of parts with blanks between them; each part stands for one token unless it says
otherwise:

    {hit}        any word of the group `hit` (of the file's own `words` or of `hazards/words.yaml`)
    {P} {Po} {Pp} {Pr}   a role: as subject, as object, as possessive, reflexive; also U, C, W, O; {Px} any form
    a|b|{hit}    one of these
    part?        may be missing
    !part        the next token is not this (takes no room)
    ~3           up to three ordinary words: nobody's mention, no punctuation
    +3           up to three tokens of any kind but the end of a sentence
    ^  $         the beginning of a sentence; the end of a clause
    *part        the key: the word that sets the pattern off, and that a negation denies
    @            the doer, who is not named beside the verb, is neither the user nor an outsider

The key is chosen by itself where none is marked: the first part that holds neither a role nor one of the
commonest words. A text pays for a pattern only where it has one of the key's words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from drafter.data import load_yaml
from drafter.errors import InputError

_FORMS = "snohpr"
_ROLE_FORMS = {"": "sn", "o": "onh", "p": "ph", "r": "r", "x": "snohpr"}
ROLES: Mapping[str, frozenset[str]] = {
    role + kind: frozenset(role + form for form in forms) for role in "UPCWOT" for kind, forms in _ROLE_FORMS.items()
}
_ALL_ROLES = frozenset(role + form for role in "UPCWOT" for form in _FORMS)
MARKS = frozenset('.,;:()"-')
_GAP_STOPS = MARKS | _ALL_ROLES
_ANY_STOPS = frozenset(".")
_COMMON = frozenset(
    "a an the is are was were be been am do does did to of in on at for with and or if it that this not no i so my "
    "me has have had will would can could get got just ever even when as by from up down out off about all any never "
    "than then".split()
)


class Part(NamedTuple):
    """One part of a pattern."""

    kind: str  # "word", "maybe", "not", "gap", "any", "start", "end"
    words: frozenset[str]
    most: int


class Pattern:
    """A pattern that is read when its key first turns up: the parts before the key (backwards), and after it.

    Attributes:
        key: the words that set it off.
        unnamed: whether the doer stands elsewhere (`@`).

    """

    __slots__ = ("_parts", "_pieces", "_words", "key", "unnamed")

    def __init__(self, line: str, words: "Words") -> None:
        """Take one line of a rule file, and what its groups mean.

        Raises:
            InputError: it has no word to go by, or an unknown group for its key.

        """
        pieces = line.split()
        self.unnamed = pieces[0] == "@"
        if self.unnamed:
            pieces = pieces[1:]
        at = next((i for i, piece in enumerate(pieces) if piece[0] == "*" and len(piece) > 1), None)
        if at is None:
            # The first plain one that is rare; only where none is, the first plain one.
            for i, piece in enumerate(pieces):
                plain, rare = words.standing(piece)
                if rare:
                    at = i
                    break
                if plain and at is None:
                    at = i
            if at is None and len(pieces) == 1:
                at = 0
            if at is None:
                raise InputError(f"the pattern '{line}' has no word to go by", "mark one part with '*'")
            self.key = words.part(pieces[at]).words
        else:
            self.key = words.part(pieces[at][1:]).words
        self._pieces: tuple[list[str], list[str]] = (pieces[:at][::-1], pieces[at + 1 :])
        self._words = words
        self._parts: tuple[tuple[Part, ...], tuple[Part, ...]] | None = None

    @property
    def parts(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """The parts before the key, backwards, and those after it.

        Raises:
            InputError: a part names an unknown group.

        """
        if self._parts is None:
            before, after = self._pieces
            self._parts = tuple(map(self._words.part, before)), tuple(map(self._words.part, after))
        return self._parts


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a file.

    Attributes:
        id: unique within its file.
        kind: the hazard or the coercion it shows.
        severity: of the hazard; empty for coercion.
        turned: the kind where user and partner change places; empty where the rule has no such twin.
        patterns: any of them sets it off.
        unless: any of these in the same sentence calls it off.
        far: any of these anywhere in the text calls it off.
        denied: whether a negation or an "if he ever" before the key calls it off.
        fields: the scenario fields it reads; empty for all.
        question: what to ask where the severity is `ask`.
        open: of coercion: whether it counts in a sentence that asks for nothing, too.

    """

    id: str
    kind: str
    severity: str
    turned: str
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    far: tuple[Pattern, ...] = ()
    denied: bool = True
    fields: frozenset[str] = field(default_factory=frozenset)
    question: str = ""
    open: bool = False


_NOT_WITH = frozenset("O")
_NOT_UNNAMED = frozenset("OUCT")


class Match(NamedTuple):
    """Where a pattern matched: first and last token, its key, and whose doing it must not be."""

    first: int
    last: int
    key: int
    outsiders: frozenset[str] = _NOT_WITH


class Words:
    """Groups of words; `walk*` in a group stands for walk, walks, walked and walking."""

    def __init__(self, *sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._sets: dict[str, frozenset[str]] = {}
        self._parts: dict[str, Part] = {}
        self._standing: dict[str, tuple[bool, bool]] = {}
        self._patterns: dict[str, Pattern] = {}

    def group(self, name: str) -> frozenset[str]:
        """The words of a group or a role.

        Raises:
            InputError: there is no such group.

        """
        found = self._sets.get(name) or ROLES.get(name)
        if found is None:
            text = next((source[name] for source in self._sources if name in source), None)
            if text is None:
                raise InputError(f"there is no word group '{{{name}}}' in the screen's rules", "add it under 'words'")
            out: set[str] = set()
            for entry in text.split():
                if entry[0] == "{":
                    out |= self.group(entry[1:-1])
                elif entry[-1] == "*":
                    out.update(inflect(entry))
                else:
                    out.add(entry)
            found = self._sets[name] = frozenset(out)
        return found

    def part(self, text: str) -> Part:
        """One part of a pattern, read."""
        found = self._parts.get(text)
        if found is None:
            found = self._parts[text] = self._part(text)
        return found

    def _part(self, text: str) -> Part:
        if text[0] in "~+" and text[1:].isdigit():
            return Part("gap" if text[0] == "~" else "any", frozenset(), int(text[1:]))
        if text in ("^", "$"):
            return Part("start" if text == "^" else "end", frozenset(), 0)
        kind = "word"
        if text[0] == "!":
            kind, text = "not", text[1:]
        elif text[-1] == "?":
            kind, text = "maybe", text[:-1]
        out: set[str] = set()
        for entry in text.split("|"):
            if entry[0] == "{":
                out |= self.group(entry[1:-1])
            elif entry[-1] == "*":
                out.update(inflect(entry))
            else:
                out.add(entry)
        return Part(kind, frozenset(out), 1)

    def standing(self, piece: str) -> tuple[bool, bool]:
        """Whether a piece stands for one ordinary word that must be there, and whether for a rare one.

        A plain piece is neither a role nor a gap; a rare one is plain and holds none of the commonest words,
        which make a poor key.
        """
        found = self._standing.get(piece)
        if found is None:
            found = self._standing[piece] = self._judged(piece)
        return found

    def _judged(self, piece: str) -> tuple[bool, bool]:
        if piece[0] in "!^$" or piece[-1] == "?" or (piece[0] in "~+" and piece[1:].isdigit()):
            return False, False
        words = self.part(piece).words
        plain = words.isdisjoint(_ALL_ROLES)
        return plain, plain and words.isdisjoint(_COMMON)

    def pattern(self, line: str) -> Pattern:
        """One line of a rule file as a pattern."""
        found = self._patterns.get(line)
        if found is None:
            found = self._patterns[line] = Pattern(line, self)
        return found


def inflect(entry: str) -> tuple[str, ...]:
    """The forms of a regular verb: `walk*`; `grab**` doubles its last letter."""
    base = entry.rstrip("*")
    if entry.endswith("**"):
        return base, base + "s", base + base[-1] + "ed", base + base[-1] + "ing"
    if base.endswith("e"):
        return base, base + "s", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in "aeou":
        return base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return base, third, base + "ed", base + "ing"


class _Candidate(NamedTuple):
    """A pattern of a rule, with what can be seen at a glance: most patterns fail there, and cost no more."""

    rule: Rule
    pattern: Pattern
    left: frozenset[str] | None  # what must stand right before the key; None where nothing must
    right: frozenset[str] | None
    needs: tuple[frozenset[str], ...]  # of each of these there must be a word somewhere


def _candidate(rule: Rule, pattern: Pattern) -> _Candidate:
    before, after = pattern.parts
    left, right = (side[0].words if side and side[0].kind == "word" else None for side in (before, after))
    needs = tuple(part.words for side in (before, after) for part in side[1:] if part.kind == "word")
    return _Candidate(rule, pattern, left, right, needs)


class _Sharing:
    """The patterns of one key, looked at when the first of its words turns up."""

    def __init__(self) -> None:
        self.members: list[tuple[Rule, Pattern]] = []
        self.opened: dict[bool, list[_Candidate]] = {}

    def candidates(self, *, turned: bool) -> list[_Candidate]:
        """The patterns; `turned` asks only for those whose rule has a twin."""
        if turned not in self.opened:
            members = [member for member in self.members if member[0].turned or not turned]
            self.opened[turned] = [_candidate(*member) for member in members]
        return self.opened[turned]


class Rules:
    """The rules of some files, by the words that set them off."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        # Many patterns share a key: each distinct one is indexed once, whatever the number of its patterns.
        by_key: dict[frozenset[str], _Sharing] = {}
        for rule in rules:
            for pattern in rule.patterns:
                by_key.setdefault(pattern.key, _Sharing()).members.append((rule, pattern))
        self._by_word: dict[str, list[_Sharing]] = {}
        for key, sharing in by_key.items():
            for word in key:
                self._by_word.setdefault(word, []).append(sharing)

    def matches(self, words: Sequence[str], *, turned: bool = False) -> Iterator[tuple[Rule, Match]]:
        """Every rule that some words set off, with where; `turned` asks only for rules that have a twin.

        Negation, condition, outsiders and exceptions are not looked at here.
        """
        by_word = self._by_word
        here = frozenset(words)
        last = len(words) - 1
        for at, word in enumerate(words):
            for sharing in by_word.get(word, ()):
                for rule, pattern, left, right, needs in sharing.opened.get(turned) or sharing.candidates(
                    turned=turned
                ):
                    if left is not None and (at == 0 or words[at - 1] not in left):
                        continue
                    if right is not None and (at == last or words[at + 1] not in right):
                        continue
                    if any(map(here.isdisjoint, needs)):
                        continue
                    found = match(pattern, words, at)
                    if found is not None:
                        yield rule, found


def match(pattern: Pattern, words: Sequence[str], at: int) -> Match | None:
    """Where `pattern` matches with its key at token `at`, or None."""
    before, after = pattern.parts
    first = _run(before, 0, words, at - 1, -1)
    if first is None:
        return None
    last = _run(after, 0, words, at + 1, 1)
    if last is None:
        return None
    return Match(first + 1, last - 1, at, _NOT_UNNAMED if pattern.unnamed else _NOT_WITH)


def _run(parts: Sequence[Part], number: int, words: Sequence[str], at: int, step: int) -> int | None:  # noqa: C901, PLR0911, PLR0912
    """The token after (before, for `step` -1) the last one that `parts` take, or None."""
    count = len(parts)
    n = len(words)
    while number < count:
        kind, allowed, most = parts[number]
        inside = 0 <= at < n
        if kind == "word":
            if not inside or words[at] not in allowed:
                return None
            at += step
        elif kind == "maybe":
            if inside and words[at] in allowed:
                found = _run(parts, number + 1, words, at + step, step)
                if found is not None:
                    return found
        elif kind == "not":
            if inside and words[at] in allowed:
                return None
        elif kind in ("gap", "any"):
            stops = _GAP_STOPS if kind == "gap" else _ANY_STOPS
            follows = parts[number + 1] if number + 1 < count else None
            wanted = follows.words if follows is not None and follows.kind == "word" else None
            for _ in range(most + 1):
                # Where a word must follow, a look at it spares most of the attempts.
                if wanted is None or (0 <= at < n and words[at] in wanted):
                    found = _run(parts, number + 1, words, at, step)
                    if found is not None:
                        return found
                if not 0 <= at < n or words[at] in stops:
                    return None
                at += step
            return None
        elif kind == "start":
            if (
                inside
                and words[at] != "."
                and not (words[at] in ('"', "and", "but", "so", "then", ",", "-") and at <= 1)
            ):
                return None
        elif inside and words[at] not in MARKS and words[at] not in ("but", "and", "so", "because"):
            return None
        number += 1
    return at


def load(names: Sequence[str], shared: str = "hazards/words.yaml") -> tuple[list[Rule], Words]:
    """The rules of the files `prompts/NAME`, with the shared word groups.

    Raises:
        InputError: a file names an unknown word group or an unknown kind of part.

    """
    common = load_yaml(shared)["words"]
    rules: list[Rule] = []
    words = Words(common)
    for name in names:
        data = load_yaml(name)
        words = Words(data.get("words") or {}, common)
        everywhere = _lines(data.get("unless", ""))
        for id_, entry in data["rules"].items():
            unless = everywhere + _lines(entry.get("unless", ""))
            rules.append(
                Rule(
                    id_,
                    entry.get("kind", data["kind"]),
                    entry.get("severity", data.get("severity", "")),
                    entry.get("turned", data.get("turned", "")),
                    tuple(words.pattern(line) for line in _lines(entry["any"])),
                    tuple(words.pattern(line) for line in unless),
                    tuple(words.pattern(line) for line in _lines(entry.get("far", ""))),
                    entry.get("denied", True),
                    frozenset(entry.get("fields", data.get("fields", "")).split()),
                    entry.get("question", data.get("question", "")),
                    entry.get("open", False),
                )
            )
    return rules, words


def _lines(text: str) -> list[str]:
    return [line for raw in text.splitlines() if (line := raw.partition(" #")[0].strip()) and line[0] != "#"]


_BREAKS = MARKS | frozenset(
    "but though although yet except however because when whenever while until unless why how after before since "
    "if".split()
)
_SUBJECTS = frozenset(role + "s" for role in "UPCWOT") | {"Pn", "Un", "On", "Cn"}
_NEGATIONS = frozenset("not never no nobody none nothing without hardly neither nor nowhere barely rarely".split())
# After a negation these say that it did happen, only not lately: "hasn't hit me since", "in a year", "any more".
_LATELY = frozenset("since lately recently anymore again yet".split())
_SPANS = frozenset("year weeks months while".split())
_BEFORE_SPANS = frozenset("in for a this few two six three last".split())
_AFTER = 8
_FAR_AGAIN = 6


def clause_start(words: Sequence[str], at: int) -> int:
    """The first token of the clause that holds token `at`."""
    i = at - 1
    while i >= 0:
        word = words[i]
        if word in _BREAKS and not (word == "," and (words[i + 1] in ("ever", "not") or words[i - 1] in _NEGATIONS)):
            return i + 1
        if word in ("and", "so", "or", "then") and words[i + 1] in _SUBJECTS:
            return i + 1
        i -= 1
    return 0


def negation(words: Sequence[str], first: int, key: int, open_: frozenset[int]) -> bool:
    """Whether what happens at `key` is denied, in its own clause.

    Args:
        words: the tokens.
        first: the first token of the match.
        key: its key.
        open_: positions of negations that deny nothing ("not only", "can't stop", "didn't mean to").

    """
    start = clause_start(words, min(first, key) if first < key else key)
    start = max(start, clause_start(words, key)) if first >= key else start
    denied = any(words[i] in _NEGATIONS and i not in open_ for i in range(start, key))
    if not denied:
        return False
    after = words[key + 1 : key + 1 + _AFTER]
    for i, word in enumerate(after):
        if word in MARKS or word in ("but", "because"):
            return True
        before = after[i - 1] if i else ""
        if word in _LATELY and not (word == "again" and i > _FAR_AGAIN):
            return False
        if (word in _SPANS and before in _BEFORE_SPANS) or (word == "more" and before == "any"):
            return False
    return True


def supposed(words: Sequence[str], first: int, key: int) -> bool:
    """Whether the match is only imagined: "if he ever hit me", "imagine she …", "as if I'd …"."""
    for i in range(first - 1, max(first - 4, -1), -1):
        word = words[i]
        if word in MARKS:
            return False
        if word in ("if", "unless", "imagine", "suppose", "pretend", "whether"):
            return "again" not in words[key : key + 6]
    return False


def doer(words: Sequence[str], first: int) -> str:
    """The role that most likely does what begins at token `first`: the nearest subject before it, or ""."""
    for i in range(first - 1, -1, -1):
        word = words[i]
        if word in (".", ";"):
            return ""
        if word in _SUBJECTS:
            if word[1] == "n" and i and words[i - 1] in _BEFORE_OBJECTS:
                continue
            return word[0]
    return ""


_BEFORE_OBJECTS = frozenset(
    "to with at by of from about for than like told tell tells asked ask saw see between without and".split()
)


@lru_cache(maxsize=1)
def _phrase_rules() -> tuple[Rules, Rules, tuple[Pattern, ...], tuple[Pattern, ...]]:
    name = "hazards/idioms.yaml"
    data = load_yaml(name)
    words = Words(data.get("words") or {}, load_yaml("hazards/words.yaml")["words"])
    idioms, open_ = (
        Rules([Rule(key, key, "", "", tuple(words.pattern(line) for line in _lines(data[key])), ())])
        for key in ("idioms", "open")
    )
    away, kindly = (tuple(words.pattern(line) for line in _lines(data[key])) for key in ("elsewhere", "kindly"))
    return idioms, open_, away, kindly


def elsewhere(words: Sequence[str], found: Match) -> bool:
    """Whether the sentence of a match speaks of a story, a game or a job, and of nothing between these two."""
    return holds(sentence(words, found), _phrase_rules()[2])


def kindly(words: Sequence[str], found: Match) -> bool:
    """Whether the sentence of a match tells the innocent reason along with the fact."""
    return holds(sentence(words, found), _phrase_rules()[3])


def phrases(words: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """The tokens inside phrases that only sound like a hazard, and inside negations that deny nothing."""
    idioms = _phrase_rules()[0]
    return frozenset(_covered(idioms, words)), open_negations(words)


def open_negations(words: Sequence[str]) -> frozenset[int]:
    """The tokens inside negations that deny nothing: "not only", "can't stop", "didn't mean to"."""
    return frozenset(_covered(_phrase_rules()[1], words))


def _covered(rules: Rules, words: Sequence[str]) -> Iterator[int]:
    for _, found in rules.matches(words):
        yield from range(found.first, found.last + 1)


def called_off(rule: Rule, words: Sequence[str], found: Match) -> bool:
    """Whether one of the rule's exceptions stands in the sentence of the match, or a far one in the text."""
    if rule.far and holds(words, rule.far):
        return True
    return bool(rule.unless) and holds(sentence(words, found), rule.unless)


def sentence(words: Sequence[str], found: Match, more: int = 0) -> Sequence[str]:
    """The tokens of the sentence, or the sentences, that a match lies in, and of `more` sentences after it."""
    start, end = found.first, found.last + 1
    while start and words[start - 1] != ".":
        start -= 1
    while end < len(words) and (words[end] != "." or more):
        more -= words[end] == "."
        end += 1
    return words[start:end]


def patterns(name: str, key: str) -> tuple[Pattern, ...]:
    """The patterns that stand under `key` of the file `prompts/NAME`."""
    data = load_yaml(name)
    words = Words(data.get("words") or {}, load_yaml("hazards/words.yaml")["words"])
    return tuple(words.pattern(line) for line in _lines(data[key]))


def holds(words: Sequence[str], patterns: Sequence[Pattern]) -> bool:
    """Whether any of `patterns` matches somewhere in `words`."""
    here = frozenset(words)
    return any(
        word in pattern.key and match(pattern, words, at) is not None
        for pattern in patterns
        if not here.isdisjoint(pattern.key)
        for at, word in enumerate(words)
    )
