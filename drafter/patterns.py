"""Patterns as data: word-triggered, compiled when first needed, with named word groups.

A rule file names the words without which a rule cannot apply (`when`); only a text that holds one of them
pays for the rule's patterns. `{group}` in a pattern or trigger stands for any word of that group of the
file's own `words`. Patterns match folded text (`text.fold`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from drafter.errors import InputError

_GROUP = re.compile(r"\{([a-z_]+)\}")
Rule = TypeVar("Rule")


class Lexicon:
    """Named groups of words, which triggers and patterns refer to as `{name}`."""

    def __init__(self, groups: Mapping[str, str | Sequence[str]]) -> None:
        """Take `groups`: each one line of words, or a list of entries (with blanks, or other `{groups}`)."""
        self._groups = {name: value.split() if isinstance(value, str) else value for name, value in groups.items()}
        self._compiled: dict[str, re.Pattern[str]] = {}

    def group(self, name: str) -> tuple[str, ...]:
        """The words of a group, nested groups opened.

        Raises:
            InputError: there is no such group.

        """
        found = self._groups.get(name)
        if found is None:
            known = ", ".join(sorted(self._groups)) or "none"
            raise InputError(f"there is no word group '{{{name}}}'", f"the groups under 'words' are: {known}")
        return tuple(word for entry in found for word in self.expand(entry))

    def expand(self, entry: str) -> tuple[str, ...]:
        """The words that a trigger stands for: a whole `{group}`, or itself."""
        match = _GROUP.fullmatch(entry)
        return self.group(match.group(1)) if match else (entry,)

    def compile(self, pattern: str) -> re.Pattern[str]:
        """`pattern` with its groups filled in, compiled once; `re.error` where it is malformed."""
        found = self._compiled.get(pattern)
        if found is None:
            filled = _GROUP.sub(lambda m: f"(?:{'|'.join(map(_word, self.group(m.group(1))))})", pattern)
            found = self._compiled[pattern] = re.compile(filled)
        return found


def _word(entry: str) -> str:
    """A lexicon entry as a pattern: blanks stretch, all else stands for itself."""
    return re.escape(entry).replace(r"\ ", r"\s+")


class Index(Generic[Rule]):
    """Rules by the words that trigger them."""

    def __init__(self, rules: Iterable[tuple[Rule, Sequence[str]]], lexicon: Lexicon) -> None:
        """Take `rules` in order, each with its triggers; one without triggers always applies."""
        self._rules: list[Rule] = []
        self._by_word: dict[str, list[int]] = {}
        self._always: list[int] = []
        for position, (rule, triggers) in enumerate(rules):
            self._rules.append(rule)
            if not triggers:
                self._always.append(position)
            for trigger in triggers:
                for entry in lexicon.expand(trigger):
                    # A phrase is triggered by its first word: a text with the phrase has that word.
                    self._by_word.setdefault(entry.split()[0], []).append(position)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules)

    def candidates(self, words: Iterable[str]) -> list[Rule]:
        """The rules that could apply to a text of these `words`, in rule order."""
        found = set(self._always)
        for word in self._by_word.keys() & set(words):
            found.update(self._by_word[word])
        return [self._rules[position] for position in sorted(found)]


_BREAK = re.compile(
    r"[.!?;:\n]+|,|\s-+\s|\b(?:but|though|although|yet|except|however|because|when|whenever|while|until|unless"
    r"|and(?=\s+(?:i|he|she|they|we|you|it|then|now|that's|there's|i'm|i've|he's|she's|they're|we're|you're)\b))\b"
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|without|hardly|neither|nor|\w+n't|nowhere|no one|stopped|quit)\b"
)


def clause(text: str, position: int) -> tuple[int, int]:
    """Start and end of the clause of folded `text` that holds `position`.

    A negation reaches no further: "he's never hit me but I'm scared of him" has two.
    """
    start, end = 0, len(text)
    for match in _BREAK.finditer(text):
        if match.end() <= position:
            start = match.end()
        elif match.start() >= position:
            end = match.start()
            break
    return start, end


def negated(text: str, position: int) -> bool:
    """Whether a negation stands before `position` in its clause of folded `text`."""
    start, _ = clause(text, position)
    return _NEGATION.search(text, start, position) is not None
