"""What is told of the two people: what matters to the partner, the user's own share, what the user appreciates."""

import re
from functools import lru_cache

from drafter.grammar.lexicon import either, first_of, listed, pattern
from drafter.grammar.mending import strip_phrase
from drafter.grammar.phrases import Phrase, acts_on, classified, inside, is_gerund, noun, opens_noun, small
from drafter.grammar.turning import Gender, to_you

# A pronoun that is spoken of, not used: turned to "you" it would say something else.
_NAMED = re.compile(r"\b(?:called|pronouns?|said|says) (?:he|she|they|him|her|them)\b")
_PRONOUNS = {"he": re.compile(r"\b(?:he|him|his|himself)\b"), "she": re.compile(r"\b(?:she|hers|herself)\b")}
_OWNING = re.compile(
    r"^(?:that|i know(?: that)?|i admit(?: that)?|my part is(?: that)?|probably|because|also|me)\s+", re.IGNORECASE
)
_PRAISING = re.compile(
    r"^\s*(?:i (?:really |do )?(?:love|like|appreciate|admire|value)|that)\s+(?!me\b)", re.IGNORECASE
)
_BARE_PRAISE = re.compile(r"(?:(?:always|never|really|still|often|once|even)\s+)?([a-z]+)\b")
_PAIRED = re.compile(r"(?:needs|loves) and|can't")
_DOING = re.compile(r"(?:\w+ )?[a-z]+ing\b")
_SOMEBODY = re.compile(r"(?:the|our|my|this|your|his|her|[A-Z])")


def matter(text: str, who: Gender, name: str = "") -> Phrase | None:
    """What matters to the partner, turned to the partner and told apart by its form.

    Returns None where nothing fit to say is left of it.
    """
    heart = strip_phrase(text)
    if heart is None or pattern("gone").search(text) or _NAMED.search(heart.lower()):
        return None
    turned = to_you(f"{who} {small(heart)}" if _lacks_subject(heart) else heart, who, name)
    return None if _of_somebody_unknown(turned.lower(), who) else classified(turned)


def _lacks_subject(heart: str) -> bool:
    """Whether it opens with a verb of the partner's: "wants to be left alone", but "needs and wishes"."""
    verb = pattern("bare_verbs").match(heart)
    return verb is not None and not heart.startswith("Don't") and not _PAIRED.match(heart.lower())


def _of_somebody_unknown(turned: str, who: Gender) -> bool:
    """Whether a pronoun of the partner's gender is left over: of an unknown "him" nothing sensible can be said.

    One of the other gender is somebody else's, whom the words name.
    """
    if who == "they":
        return False
    own, other = (_PRONOUNS[who], _PRONOUNS["she" if who == "he" else "he"])
    return bool(own.search(turned)) and not other.search(turned)


MAX_OWN = 18
"""A fault admitted may take a few more words: it is said in a sentence of its own."""


def own_part(text: str, who: Gender, name: str = "") -> Phrase | None:
    """The user's own share, turned to the partner: a clause with "I", a gerund, or a noun phrase."""
    heart = strip_phrase(text, MAX_OWN)
    if heart is None:
        return None
    turned = to_you(_OWNING.sub("", heart), who, name)
    low, first = turned.lower(), first_of(turned)
    if re.match(r"i(?:'\w+)?\b", low):
        return Phrase("I" + turned[1:], "clause", field="my_part")
    if _my_doing(low, first):
        return Phrase(inside(turned), "gerund", field="my_part")
    if first == "not" or first in listed("not_my_part"):
        return None
    if pattern("i_did").match(low) or _bare_verb(low, first):
        return Phrase(f"I {small(turned)}", "clause", field="my_part")
    return _my_thing(turned)


def _bare_verb(low: str, first: str) -> bool:
    """Whether a verb opens it, "I" left out: "push him", but "know-it-all ways"."""
    return first != "know" and f"{first}s" in listed("verbs") and acts_on(low)


def _my_thing(turned: str) -> Phrase | None:
    """The user's share as a thing: "my temper", "the way I talk to you"; a sentence of another form is left out."""
    first = first_of(turned)
    if first in ("how", "what"):
        return Phrase(inside(turned), "noun", field="my_part")
    if re.search(r"\bI\b", turned.split(",", 1)[0]) and first != "the":
        return None
    mine = _possessed(turned, "my", "my_part")
    return None if mine is None or first_of(mine.text) in ("your", "this", "that") else mine


def _my_doing(low: str, first: str) -> bool:
    """Whether it is something one does: "shouting", "not listening to you"."""
    if first == "not":
        return is_gerund(low)
    return first not in listed("not_gerunds") and re.fullmatch(r"[a-z]+ing(?: .*)?", low) is not None


def _possessed(turned: str, owner: str, field: str) -> Phrase | None:
    """A noun phrase with its owner, where nothing else opens it: "temper" is "my temper"."""
    found = noun(turned, field)
    if found is None or opens_noun(found.text):
        return found
    return Phrase(f"{owner} {found.text}", "noun", found.kind, found.plural, field)


def appreciation(text: str, who: Gender, name: str = "") -> Phrase | None:
    """Something true the partner does, turned to the partner: a clause with "you", a gerund, or a noun phrase."""
    heart = strip_phrase(_PRAISING.sub("", text))
    if heart is None:
        return None
    turned = to_you(_with_subject(heart, who), who, name)
    if re.match(r"(?:you|you're|you've|you'd|you'll)\b", turned.lower()):
        alone = turned.split(",", 1)[0]
        return _praise(alone if len(alone.split()) > 2 else turned)  # noqa: PLR2004  # "you are, always"
    return None if turned.lower().startswith("when") else _without_subject(turned)


def _with_subject(heart: str, who: Gender) -> str:
    """Praise with the subject that was left out: "makes me laugh", "make me laugh", "never raised his voice"."""
    bare = _BARE_PRAISE.match(heart.lower())
    if bare is None:
        return heart
    verb, rest = bare.group(1), heart[bare.start(1) :]
    if verb in listed("verbs"):
        return f"{who} {small(heart)}"
    if acts_on(rest) and (f"{verb}s" in listed("verbs") or verb.endswith("ed") or pattern("past").fullmatch(verb)):
        return f"you {small(heart)}"
    return heart


def _praise(text: str) -> Phrase:
    return Phrase(inside(text), "clause", field="appreciate")


def _without_subject(turned: str) -> Phrase | None:
    """Praise that doesn't open with "you"."""
    low, first = turned.lower(), first_of(turned)
    if first in ("how", "what", "that"):
        return Phrase(inside(turned), "wh", field="appreciate")
    if re.match(r"an? \w+", low) or _praising(low, first):  # "a good dad", "good with money"
        return Phrase(f"you're {small(turned)}", "clause", field="appreciate")
    doing = _DOING.match(low) and first not in listed("not_gerunds") and first not in listed("not_an_activity_after")
    if doing:
        return Phrase(inside(turned), "gerund", field="appreciate")
    if first in listed("not_praise"):
        return None
    return _praise(turned) if _tells_of_others(turned) else _possessed(turned, "your", "appreciate")


def _praising(low: str, first: str) -> bool:
    """Whether it is a word of praise, alone or with more to it; "caring for my mum" is something one does."""
    return first in listed("praise") and not (first.endswith("ing") and re.match(r"\w+ (?!and|with)", low))


@lru_cache(maxsize=1)
def _yours_does() -> re.Pattern[str]:
    return re.compile(rf"your \w+(?: \w+)? {either('yours_does')}\b")


def _tells_of_others(turned: str) -> bool:
    """Whether it is a sentence about others or about what is the partner's ("the kids adore you")."""
    said = turned.lower().split()[1:4]
    verb = any(word in listed("verbs") or word in listed("admiring") for word in said)
    return bool((verb and _SOMEBODY.match(turned)) or _yours_does().match(turned.lower()))
