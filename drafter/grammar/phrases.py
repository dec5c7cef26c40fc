"""A phrase of the user's, turned to the partner and told apart by its grammatical form."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from drafter.grammar.lexicon import classes, either, finite, first_of, listed, pattern

Form = Literal["noun", "gerund", "infinitive", "that", "wish", "like", "dislike", "clause", "when", "wh"]
"""`that`, `infinitive`, `when` and `wh` are clauses inside a sentence, `wish`, `like` and `dislike` clauses with
"you" as their subject, `clause` any whole sentence."""
FORMS: tuple[Form, ...] = (
    "noun", "gerund", "infinitive", "that", "wish", "like", "dislike", "clause", "when", "wh",
)  # fmt: skip

_QUESTIONS = ("how", "what", "who", "where", "whether", "if")
_KEEP_CAPITAL = re.compile(r"(?:I\b|I'|[A-Z]{2}|[A-Z][a-z]*[A-Z])")
_DOING = re.compile(r"(?:us|me|you)\s+(?:not\s+)?\w+ing\b")
_YOU = ("you", "you're", "you've", "you'll", "you'd")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something that the user told, turned to the partner.

    Attributes:
        text: the phrase, as it stands inside a sentence ("your Sundays off", "the kids don't hear us").
        form: its grammatical form; says what may stand around it.
        kind: for nouns, what it is about: people, pets, time, money, gain, faith or thing.
        plural: whether as a subject it takes "are".
        field: the scenario field it came from.

    """

    text: str
    form: Form
    kind: str = "thing"
    plural: bool = False
    field: str = "matters"

    @property
    def capital(self) -> str:
        """The phrase as it begins a sentence."""
        return self.text[:1].upper() + self.text[1:]

    @property
    def base(self) -> str:
        """For "being heard" and "not being rushed": "be heard", "not be rushed"."""
        return self.text.replace("being ", "be ", 1)

    @property
    def positive(self) -> str:
        """The phrase without its negation: for "not listening", "listening"."""
        return re.sub(r"^(?:not|never) ", "", self.text)

    @property
    def matters(self) -> str:
        """The verb "matters" or "matter", as it agrees with the phrase; so do `means`, `stays` and `is_`."""
        return "matter" if self.plural else "matters"

    @property
    def means(self) -> str:
        """See `matters`."""
        return "mean" if self.plural else "means"

    @property
    def stays(self) -> str:
        """See `matters`."""
        return "stay" if self.plural else "stays"

    @property
    def is_(self) -> str:
        """See `matters`."""
        return "are" if self.plural else "is"

    def __str__(self) -> str:
        return self.text


def inside(text: str) -> str:
    """`text` as it stands inside a sentence: a capital that only began it becomes small, a name keeps its own."""
    text = text.strip()
    first, blank, rest = text.partition(" ")
    low = first.lower()
    if _KEEP_CAPITAL.match(text):
        return text
    typed_large = first[:1].isupper() and (
        low in listed("verbs") or ((low in classes() or low.endswith("ing")) and not low.rstrip("s").endswith("day"))
    )
    return low + blank + rest if low in listed("lower_first") or typed_large else text


def small(text: str) -> str:
    """`text` with a small first letter."""
    return text[:1].lower() + text[1:]


def acts_on(text: str) -> bool:
    """Whether the first word of `text`, if it can be a verb, is one here: "book the room", but "book club"."""
    said = text.lower().split()
    return len(said) > 1 and (said[1] in listed("determiners") or said[1] in listed("objects"))


def is_gerund(low: str) -> bool:
    """Whether `low`, in small letters, is something one does ("being heard", "not being rushed").

    A lone "-ing" word is an activity one has ("fishing", "gaming", "fishing trips"), and so a noun.
    """
    said = low.split()
    head = said[1] if said[0] in ("not", "never", "just", "always") and len(said) > 1 else said[0]
    if not re.fullmatch(r"[a-z]{2,}ing", head) or head in listed("not_gerunds"):
        return False
    return len(said) > 1 and (said[1] not in listed("after_activity") or head in listed("spending"))


def opens_noun(text: str) -> bool:
    """Whether `text` opens with a word like "the" or "your"."""
    opening = re.match(r"\w+", text.lower())
    return opening is not None and opening.group() in listed("determiners")


def noun(text: str, field: str = "matters") -> Phrase | None:
    """`text` as a noun phrase, with what it is about and whether it is plural; None where it holds no word."""
    # "his job on the bins, he loves it": what follows the comma is said about it, not part of it.
    text = text.split(",", 1)[0]
    low = text.lower()
    said = re.findall(r"[a-z'-]+", low)
    if not said:
        return None
    head = pattern("after_noun").split(_measure().sub("", low), maxsplit=1)[0]
    heads = re.findall(r"[a-z0-9-]+", head) or said
    kind = next((found for word in reversed(heads) if (found := _kind(word))), "thing")
    last = heads[-1]
    several = (" and " in head and kind != "gain") or re.search(r"[^s]s$", last)
    several = several or last.endswith(tuple(listed("plural_ends")))
    return Phrase(inside(text), "noun", kind, bool(several) and last not in listed("not_plural"), field)


def _kind(word: str) -> str | None:
    return classes().get(word) or classes().get(word.removesuffix("'s"))


@lru_cache(maxsize=1)
def _measure() -> re.Pattern[str]:
    return re.compile(rf"^(?:a|the|some)?\s*(?:(?:little|wee)?\s*bit|{either('measures')})s? of ")


def classified(text: str) -> Phrase | None:
    """What matters, already turned to the partner, by its form."""
    low = text.lower()
    first = first_of(text)
    if form := _clause_form(low, first):
        if form == "infinitive" and first != "to":  # "keep the peace"
            text = f"to {small(text)}"
        return Phrase(inside(text[5:] if first == "that" and form == "that" else text), form)
    if first.startswith("you"):
        return _yours(text)
    if is_gerund(low):
        return Phrase(inside(text), "gerund")
    if _opens_clause(low) and finite(low.split(maxsplit=1)[-1]):
        return Phrase(inside(text), "that")
    if low in ("us", "me", "we"):
        return Phrase("me" if low == "me" else "us", "noun", "people")
    return noun(text)


def _clause_form(low: str, first: str) -> Form | None:
    """The form of a clause that its first word tells."""
    said = low.split()
    if first == "that" and len(said) > 2 and finite(low):  # noqa: PLR2004  # "that dog" is a noun
        return "that"
    if first == "to" and len(said) > 1:
        return "infinitive"
    if first in listed("offer_verbs") and acts_on(low):
        return "infinitive"
    if first == "when":
        return "when"
    if first in _QUESTIONS:
        return "wh"
    return "gerund" if _DOING.match(low) else None


@lru_cache(maxsize=1)
def _verbs_of_you() -> tuple[tuple[re.Pattern[str], Form], ...]:
    disliking, wishing, liking = (either(name) for name in ("disliking", "wishing", "liking"))
    return (
        (re.compile(rf"you (?:\w+ly |always |just |still )?{disliking}\s+(.+)"), "dislike"),
        (re.compile(rf"you (?:\w+ly |always |just |only )?{wishing}\s+(.+)"), "wish"),
        (re.compile(rf"you (?:\w+ly |always |just |still )?{liking}\s+(.+)"), "like"),
    )


def _yours(text: str) -> Phrase | None:
    low = text.lower()
    if low in ("you", "yours", "yourself"):
        return None
    if low == "you and me":
        return Phrase("us", "noun", "people")
    if low.startswith("you and "):  # said of the partner and somebody: one can't say it to the partner
        return None
    for verb, form in _verbs_of_you():
        if verb.match(low):
            return Phrase(inside(text), form)
    if first_of(text) in _YOU and len(low.split()) > 1:
        return Phrase(inside(text), "clause")
    return noun(text)  # "your Sundays"


@lru_cache(maxsize=1)
def _the_household() -> re.Pattern[str]:
    return re.compile(rf"the {either('household')}\b")


def _opens_clause(low: str) -> bool:
    opening = re.match(r"\w+", low)
    return bool(_the_household().match(low)) or (opening is not None and opening.group() in listed("subjects"))
