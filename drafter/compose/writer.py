"""Chooses and words single lines for one message."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from drafter.compose.flags import phrase_flags
from drafter.compose.pool import Candidate, pool
from drafter.compose.render import render, tidy
from drafter.compose.thoughts import thoughts
from drafter.data import load_yaml
from drafter.grammar import Phrase
from drafter.plan import Plan
from drafter.text import count_words

STRETCH = 1.4
"""How much longer than wished for a line may be, where none is short enough."""
SPECIAL = frozenset({"free", "remote", "discernment", "legal", "later", "kept", "unsure", "counted"})
"""Lines made for one of these situations go before those that fit any."""
BELIED = (("free", "price"), ("remote", "leave"), ("remote", "travel"))
"""What is free has no price to speak of, and from a call nobody walks out: a flag, and the thought it belies."""
PLACE_FLAGS = frozenset({"leading", "own_hope"})
"""What holds of a line by its place: it opens the message; it says a hope of ours, for want of the user's own."""
ANY_LENGTH = 999


@dataclass(frozen=True, slots=True)
class Said:
    """A worded line before it gets its place in the message.

    Attributes:
        move: the step of ours, a key of `prompts/why.yaml` or one of its relatives.
        text: the words.
        rests_on: the scenario fields it rests on.
        why: why it is there, in plain words.

    """

    move: str
    text: str
    rests_on: tuple[str, ...]
    why: str


class Writer:
    """Chooses and words lines for one plan. One instance, one message."""

    def __init__(self, plan: Plan, variant: int, objection: str, *, gb: bool) -> None:
        self.plan = plan
        self.variant = variant
        self._spoken = False
        self._thoughts: set[str] = set()
        self._objection = objection
        self._gb = gb
        self._wording = random.Random(plan.seed + 104729 * variant)

    @property
    def texting(self) -> bool:
        """Whether it is a text message that is written."""
        return "text" in self.plan.flags

    def pool(self, source: str, *path: str) -> tuple[Candidate, ...]:
        """The lines under `path` of a file in `prompts/`, in this message's kind of English."""
        return pool(source, *path, gb=self._gb)

    def chance(self, percent: int) -> bool:
        """Whether something happens that does so `percent` times of 100."""
        return self._wording.randrange(100) < percent

    def most(self, move: str) -> int:
        """How many words one line of a move may have."""
        limits = load_yaml("plan.yaml")["words"]
        return int(limits["line_of_text"].get(move, 14) if self.texting else limits["line"])

    def heard(self, text: str) -> None:
        """Remember a line that was said: what comes later is no opening, and repeats none of its thoughts."""
        self._spoken = True
        self._thoughts |= thoughts(text)

    def say(
        self, move: str, candidates: Iterable[Candidate], phrase: Phrase | None = None, *, most: int = ANY_LENGTH
    ) -> str | None:
        """One of `candidates` that fits, worded; None where none does.

        Args:
            move: the step that is spoken.
            candidates: the lines to choose from.
            phrase: what the user told for this step; a line that takes none is used only where it is None.
            most: how many words the line may have; the shortest may have `STRETCH` times as many.

        """
        fresh, stale = self._fitting(move, candidates, phrase)
        # Each variant takes another of the lines that are short enough.
        short, long = self._by_length(fresh, phrase, most, self.variant + 1)
        if not short:
            short, longer = self._by_length(stale, phrase, most, 1)
            long += longer
        if len(short) <= self.variant:
            # For want of short ones: the shortest for the first message, the next for other variants.
            long.sort(key=count_words)
            short += [text for text in long if count_words(text) <= most * STRETCH][: self.variant + 1 - len(short)]
        return short[self.variant % len(short)] if short else None

    def _by_length(
        self, candidates: Iterable[Candidate], phrase: Phrase | None, most: int, wanted: int
    ) -> tuple[list[str], list[str]]:
        """The candidates worded: those of at most `most` words, up to `wanted` of them, and the longer ones before."""
        short: list[str] = []
        long: list[str] = []
        for candidate in candidates:
            text = self._worded(candidate.text, phrase)
            (short if count_words(text) <= most else long).append(text)
            if len(short) == wanted:
                break
        return short, long

    def _worded(self, text: str, phrase: Phrase | None) -> str:
        if "{" not in text and "<" not in text:
            return text
        slots = {**self.plan.slots, "x": phrase} if phrase else self.plan.slots
        return tidy(render(text, slots, self._wording.randrange))

    def _fitting(
        self, move: str, candidates: Iterable[Candidate], phrase: Phrase | None
    ) -> tuple[list[Candidate], list[Candidate]]:
        """The candidates that fit, in the order in which they are tried: first choice, and for want of better."""
        flags = self._flags(move, phrase)
        fits = [c for c in candidates if self._fits(c, phrase, flags)]
        if move == "own_part" and phrase is None:
            fits = [c for c in fits if "no_part" in c.needs]
        # Each pool is shuffled by itself, so that a line more in one file changes no other choice, and for every
        # variant alike, so that each takes another line.
        random.Random(self.plan.seed ^ len(move) * 7919 ^ ord(move[0]) * 31337).shuffle(fits)
        # Lines made for this very situation go before those that fit any.
        fits.sort(key=lambda c: -len(c.needs & SPECIAL) - (c.cue is not None))
        fresh = [c for c in fits if not c.last and self._thoughts.isdisjoint(thoughts(c.text))]
        # A thought is said twice only where nothing else can be said.
        stale = [c for c in fits if c.last or not self._thoughts.isdisjoint(thoughts(c.text))]
        stale.sort(key=lambda c: (c.last, len(self._thoughts & thoughts(c.text))))
        return fresh, stale

    def _flags(self, move: str, phrase: Phrase | None) -> frozenset[str]:
        """What holds for this very line: the situation's flags, the phrase's, and its place in the message."""
        own_hope = {"own_hope"} if move == "hope" and phrase is None else set()
        leading = set() if self._spoken else {"leading"}
        return self.plan.flags | (phrase_flags(phrase) if phrase else set()) | own_hope | leading

    def _fits(self, candidate: Candidate, phrase: Phrase | None, flags: frozenset[str]) -> bool:
        return (
            candidate.needs <= flags
            and candidate.unless.isdisjoint(flags)
            and (phrase.form in candidate.forms if phrase else not candidate.forms)
            and (phrase is None or not candidate.kinds or phrase.form != "noun" or phrase.kind in candidate.kinds)
            and (candidate.cue is None or candidate.cue.search(self._objection) is not None)
            and not any(
                flag in flags and flag not in candidate.needs and thought in thoughts(candidate.text)
                for flag, thought in BELIED
            )
        )


@lru_cache(maxsize=64)
def reasons(fear: str) -> Mapping[str, str]:
    """Why each line is there, in plain words, by move; `fear` is named where one is answered."""
    title = load_yaml(f"fears/{fear}.yaml")["title"] if fear not in ("silent", "clear_no") else ""
    told = title[:1].lower() + title[1:]
    return {move: render(text, {"fear": told}) for move, text in load_yaml("why.yaml").items()}
