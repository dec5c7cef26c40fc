"""What the user brings along: the load they will carry, and what they hope for."""

import re

from drafter.grammar.lexicon import finite, first_of, listed, pattern
from drafter.grammar.mending import strip_phrase
from drafter.grammar.phrases import Phrase, acts_on, inside, is_gerund, noun, opens_noun, small
from drafter.grammar.turning import Gender, to_you

MAX_OFFER_WORDS = 7
MAX_HOPE_WORDS = 8
_I_WILL = re.compile(r"\bI(?:'ll|'d| will| won't|'m| can)\b")
_ILL = re.compile(r"^\s*ill (?=[a-z]+)", re.IGNORECASE)  # nobody offers to be ill
_WANTING = re.compile(
    r"^\s*(?:i (?:just |only |really )?(?:want|would like|'d like|hope|wish)(?: for)?|just)\s+", re.IGNORECASE
)


_ANOTHER_DOES = re.compile(r"\b(?:and|then) (?:you|me|i|we|he|she)\b")


def offer(text: str, who: Gender, name: str = "") -> Phrase | None:
    """The load the user will carry, as said to the partner: a clause, a gerund, or a noun phrase."""
    heart = strip_phrase(_ILL.sub("I'll ", text))
    if heart is None:
        return None
    turned = to_you(heart, who, name)
    low, first = turned.lower(), first_of(turned)
    if _I_WILL.search(turned) or first in listed("offer_opens"):
        owned = first == "my" and not _I_WILL.search(turned) and not finite(low)  # "my car"
        return Phrase(turned, "noun" if owned else "clause", field="offer")
    if first in ("will", "to"):
        return Phrase(f"I'll {turned[len(first) + 1 :]}", "clause", field="offer")
    if re.match(r"[a-z]+ing ", low) and first not in listed("not_gerunds"):
        # "making a list and you pick" is no longer one thing to take care of.
        return None if _ANOTHER_DOES.search(low) else Phrase(inside(turned), "gerund", field="offer")
    if first in listed("offer_verbs"):
        return Phrase(f"I'll {inside(turned)}", "clause", field="offer")
    return _offered_thing(turned)


def _offered_thing(turned: str) -> Phrase | None:
    if finite(turned.lower()) or len(turned.split()) > MAX_OFFER_WORDS:
        return None
    found = noun(turned)
    if found is None or first_of(found.text) in listed("no_offer"):
        return None
    bare = not opens_noun(found.text) and not found.plural and found.text[:1].islower()
    return Phrase(f"the {found.text}" if bare else found.text, "noun", field="offer")


def hope(text: str, who: Gender, name: str = "") -> Phrase | None:
    """What the user hopes for, as a wish that asks nothing of the partner.

    A wish about the visit itself is left to the ask, and one that the partner should do or stop something is
    not said at all: it would be a demand in disguise.
    """
    heart = strip_phrase(_WANTING.sub("", text))
    if heart is None or pattern("about_the_ask").search(heart):
        return None
    turned = to_you(heart, who, name)
    low = turned.lower()
    if low.startswith(("you", "my", "i ", "for you to ")) or pattern("selfish_want").search(low):
        return None
    if low.startswith(("to ", "for us to ", "us to ")):
        return Phrase(inside(turned), "infinitive", field="want")
    if re.match(r"(?:that )?we\b", low):
        return Phrase(inside(turned.removeprefix("that ")), "that", field="want")
    return _hoped_thing(turned)


def _hoped_thing(turned: str) -> Phrase | None:
    low = turned.lower()
    if len(low.split()) > MAX_HOPE_WORDS:
        return None
    if first_of(turned) in listed("offer_verbs") and acts_on(low):
        return Phrase(f"to {small(turned)}", "infinitive", field="want")
    if finite(low) or is_gerund(low):
        return None
    return noun(turned, "want")
