"""From words about the partner to words to the partner: pronouns, verb forms, names and "my wife"."""

import re
from functools import lru_cache
from typing import Literal

from drafter.grammar.lexicon import agreeing, either, last_word, listed, next_word, tokens
from drafter.scenario import Scenario

Gender = Literal["he", "she", "they"]

_PRONOUNS: dict[Gender, dict[str, str]] = {
    "he": {"him": "you", "himself": "yourself"},
    "she": {"hers": "yours", "herself": "yourself"},
    "they": {"them": "you", "their": "your", "theirs": "yours", "themself": "yourself", "themselves": "yourself"},
}
_CONTRACTED = {"'ll": "you'll", "'d": "you'd", "'re": "you're", "'ve": "you've"}
# Stands for the partner's name while a text is turned; nobody types it.
_NAME = "Zzpartner"


def gender(scenario: Scenario) -> Gender:
    """The pronoun for the partner: from the relationship, else from the pronouns the user used, else they."""
    for relation in scenario.relationship.lower().split():
        if relation in listed("men"):
            return "he"
        if relation in listed("women"):
            return "she"
    told = f" {scenario.situation} {' '.join(scenario.matters)} {scenario.appreciate} {scenario.my_part} ".lower()
    he = len(re.findall(r"\b(?:he|him|his|himself)\b", told))
    she = len(re.findall(r"\b(?:she|her|hers|herself)\b", told))
    they = len(re.findall(r"\b(?:they|them|their|themself)\b", told))
    if max(he, she) == 0 or (they > he + she):
        return "they"
    return "he" if he >= she else "she"


def plain_verb(word: str) -> str:
    """A third-person verb form without its ending: wants -> want, watches -> watch, tries -> try."""
    low = word.lower()
    if low in agreeing():
        return agreeing()[low]
    if low in listed("modals") or not re.fullmatch(r".+[^s]s", low):
        return word
    if re.fullmatch(r"..+ies", low):
        return word[:-3] + "y"
    return word[:-2] if low.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) else word[:-1]


def looks_verb(word: str) -> bool:
    """Whether `word`, in small letters, can follow a subject as its verb."""
    return word in agreeing() or word in listed("modals") or word in listed("verbs") or word in listed("adverbs")


def to_you(text: str, who: Gender, name: str = "") -> str:
    """`text` about the partner, turned to the partner: pronouns, verb forms, the partner's name and "my wife".

    Args:
        text: a phrase or clause as the user typed it.
        who: the partner's pronoun; other pronouns are somebody else's and stay.
        name: the partner's name, where given.

    """
    text = _relation().sub(_NAME, text)
    if name:
        text = re.sub(rf"\b{re.escape(name)}\b", _NAME, text, flags=re.IGNORECASE)
    return _Turner(text, who).turned()


@lru_cache(maxsize=1)
def _relation() -> re.Pattern[str]:
    return re.compile(rf"\bmy (?:dear |lovely )?{either('relations')}\b(?!-)", re.IGNORECASE)


class _Turner:
    """Turns one text, word by word, remembering what a verb has to agree with."""

    def __init__(self, text: str, who: Gender) -> None:
        self.tokens = tokens(text)
        self.who = who
        self.out: list[str] = []
        self.subject = False  # the last word was the partner as a subject: the next verb must agree
        self.spoken_of = False  # the partner was a subject before: so may be that of "… and wants quiet"

    def turned(self) -> str:
        for index, token in enumerate(self.tokens):
            following = next_word(self.tokens, index)
            if "'" in token:
                following = self._verb_after(index)
            self.out.append(self._turn(token, following))
        return "".join(self.out)

    def _verb_after(self, index: int) -> str:
        """The words after "he's" that tell "is" from "has": "been", "on", "embarrassed me"."""
        further = [token.lower() for token in self.tokens[index + 1 :] if not token.isspace()]
        told = [word for word in further if word not in listed("adverbs")] or further
        return " ".join(told[: 2 if told[1:2] in (["me"], ["us"]) else 1])

    def _turn(self, token: str, following: str) -> str:
        low = token.lower()
        if not token[0].isalpha():
            self.subject = self.subject and token.isspace()
            return token
        if self.subject:
            return self._agree(token)
        base, _, ending = low.partition("'")
        if base == _NAME.lower():
            return self._partner_by_name(ending, following)
        if base == self.who:
            return self._as_subject(ending, following)
        if (pronoun := self._pronoun(low, following)) is not None:
            return pronoun
        second = self.spoken_of and low in listed("verbs") and last_word(self.out) in ("and", "or", "but", "then")
        return plain_verb(token) if second else token

    def _agree(self, token: str) -> str:
        low = token.lower()
        if low in listed("adverbs"):
            return token
        self.subject = False
        return plain_verb(token) if low.endswith("s") or low in agreeing() else token

    def _partner_by_name(self, ending: str, following: str) -> str:
        if ending == "s" and _opens_noun(following):
            return "your"
        if not ending and not looks_verb(following):
            return "you"
        return self._as_subject(ending, following)

    def _as_subject(self, ending: str, following: str) -> str:
        self.spoken_of = True
        if ending:
            return _contracted(f"'{ending}", following)
        self.subject = True
        return "you"

    def _pronoun(self, low: str, following: str) -> str | None:
        """What a pronoun of the partner's becomes; None for any other word, and where it may be another's."""
        if (self.who, low) in (("he", "his"), ("she", "her")):
            return self._possessive(low, following)
        new = _PRONOUNS[self.who].get(low)
        return None if self.who == "they" and new and self._others_before() else new

    def _possessive(self, low: str, following: str) -> str:
        alone = not following or not following[0].isalpha() or following in listed("not_after_possessive")
        if low == "his":
            return "yours" if alone else "your"
        return "you" if alone or last_word(self.out) in listed("letting") else "your"

    def _others_before(self) -> bool:
        """Whether the words so far hold a plural that "they" may stand for ("the kids and their school")."""
        return any(token.lower() in listed("plural_people") for token in self.out)


def _opens_noun(following: str) -> bool:
    """Whether the word after "Sam's" makes it a possessive: "Sam's truck", but "Sam's tired of it"."""
    return (
        following[:1].isalpha()
        and following not in listed("have_after")
        and following not in listed("states")
        and following not in listed("before_verb")
        and (not following.endswith("ing") or following in listed("not_gerunds"))
    )


def _contracted(ending: str, following: str) -> str:
    if ending in _CONTRACTED:
        return _CONTRACTED[ending]
    # "'s" is "is" or "has": "he's walked off", "he's embarrassed me", but "he's tired"
    verb = following.partition(" ")[0]
    walked = verb.endswith("ed") and following not in listed("states")
    return "you've" if walked or verb in listed("have_after") else "you're"
