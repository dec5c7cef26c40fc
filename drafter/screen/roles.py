"""Who is who in a text: words become tokens, and people become roles.

The same sentence means different things in different fields: in an objection "I" is the partner, in the
situation it is the user. So before any rule looks, every mention of a person is replaced by a role and a
form, and the rules speak of roles alone. A role is one capital letter (U the user, P the partner, C a child,
O somebody else, W both of them, T things and unnamed people); a form is one small letter (s subject,
o object, n a noun that may be either, h "her", which may be object or possessive, p possessive,
r reflexive). "He's put his hands on me" is `Ps is put Pp hands on Uo`; ordinary words stay as they are.

This is a light reading, not a parser: it knows quotation, reported speech and the nearest antecedent, and
nothing else. Where it cannot tell, a pronoun is the partner, because overlooking costs more than asking.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from drafter.data import load_words, load_yaml
from drafter.scenario import Scenario
from drafter.text import Folded, fold

_TOKEN = re.compile(r"\w+(?:'\w+)*|[.!?;:,()\"\n\U0001f52a\U0001f52b]|'|--+| -(?= )")
_STOP = frozenset(".!?\n")
_EMOJI = {"\U0001f52a": "knife", "\U0001f52b": "gun"}
_ENDINGS = {"s": "is", "d": "would", "ll": "will", "ve": "have", "m": "am", "re": "are"}
_SHORT = {"won't": "will", "can't": "can", "shan't": "shall", "ain't": "is"}
_SWAPPED = {a + form: b + form for a, b in ("UP", "PU") for form in "snohpr"}


def is_role(word: str, roles: str) -> bool:
    """Whether a token is a mention of one of `roles`: ordinary words have no capital letters here."""
    return word[0] in roles and len(word) == 2  # noqa: PLR2004  # a role and its form


class Token(NamedTuple):
    """One word or mark: its comparable form, and where it stands in the folded text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """One text, read for its people.

    Attributes:
        words: the tokens, people as roles, sentence ends as ".".
        spans: where each stands in `folded.text`.
        folded: the text they come from.

    """

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    folded: Folded

    def quote(self, first: int, last: int) -> str:
        """The user's own words from token `first` to token `last`, both included."""
        return self.folded.quote(self.spans[first][0], self.spans[last][1])

    def swapped(self) -> "Told":
        """The same text with user and partner changing places."""
        swapped = _SWAPPED.get
        return Told(tuple([swapped(word, word) for word in self.words]), self.spans, self.folded)


@dataclass(frozen=True, slots=True)
class People:
    """The words for people (`prompts/hazards/people.yaml`)."""

    partner: Mapping[str, str]
    other: Mapping[str, str]
    child: frozenset[str]
    adjectives: frozenset[str]
    past: frozenset[str]
    speech: frozenset[str]
    names_that_are_words: frozenset[str]
    telling: frozenset[str]
    """Every word at which a mention of a person can begin, names apart."""


@lru_cache(maxsize=1)
def people() -> People:
    """The words for people, read once."""
    data = load_yaml("hazards/people.yaml")

    def gendered(key: str) -> dict[str, str]:
        return {word: gender for gender, words in data[key].items() for word in words.split()}

    def group(key: str) -> frozenset[str]:
        return frozenset(data[key].split())

    partner, other, child, adjectives = gendered("partner"), gendered("other"), group("child"), group("adjectives")
    telling = _PRONOUNS | _OWNERS | adjectives | child | partner.keys() | other.keys()
    return People(
        partner, other, child, adjectives, group("past"), group("speech"), group("names_that_are_words"), telling
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole scenario tells about its people.

    Attributes:
        names: the partner's names, folded.
        gender: of the partner, "m", "f", or "" where unknown.
        plural: whether "they" is the partner.
        ex: whether "my ex" is the one to be invited.

    """

    names: frozenset[str]
    gender: str
    plural: bool
    ex: bool


_HE = re.compile(r"\b(?:he|him|his|himself)\b")
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b")
_EX_NOW = re.compile(
    r"\b(?:my|the) ex(?:[ -]?(?:husband|wife|boyfriend|girlfriend|partner))?"
    r" (?:keeps|\w+s|is|has|won't|still|and i (?:still|might|want))\b"
)
_KIN = re.compile(r"\b\w+\b")


def setting(scenario: Scenario, folds: Mapping[str, Folded]) -> Setting:
    """What `scenario`, with its folded texts, tells about who is meant by a pronoun."""
    known = people()
    names = frozenset(w for w in _KIN.findall(folds["name"].text) if len(w) > 1) if "name" in folds else frozenset()
    names -= known.partner.keys() | {"my", "the"}
    gender = ""
    if "relationship" in folds:
        found = [known.partner[w] for w in _KIN.findall(folds["relationship"].text) if w in known.partner]
        gender = next((g for g in found if g in "mf"), "")
    text = " ".join(f.text for key, f in folds.items() if key != "objection")
    he, she = len(_HE.findall(text)), len(_SHE.findall(text))
    if not gender:
        for match in re.finditer(r"\b(?:my|the) (\w+)", text):
            gender = known.partner.get(match.group(1), "")
            if gender in ("m", "f"):
                break
        else:
            gender = "" if he == she else "m" if he > she else "f"
    if gender not in ("m", "f"):
        gender = ""
    plural = not (he or she) and not gender
    if not (he or she) and "objection" in folds and scenario.relationship == "":
        said = folds["objection"].text
        plural = not (_HE.search(said) or _SHE.search(said)) and not gender
    kin = folds["relationship"].text if "relationship" in folds else ""
    ex = "ex" in _KIN.findall(kin) or (not names and not kin and bool(_EX_NOW.search(text)))
    return Setting(names, gender, plural, ex)


def _tokens(folded: Folded) -> list[Token]:  # noqa: C901, PLR0912  # one branch a kind of mark
    """Words and marks, contractions opened ("won't" is `will not`), quotation marks as `"`."""
    out: list[Token] = []
    text = folded.text
    quoted = False
    mends = load_words("hazards/spellings.txt")
    for match in _TOKEN.finditer(text):
        word = match.group()
        start, end = match.span()
        if word.isalnum():  # the most common first
            out.append(Token(mends.get(word, word), start, end))
        elif word == "'":
            before = text[start - 1] if start else " "
            after = text[end] if end < len(text) else " "
            if not quoted and not before.isalnum() and after.isalnum():
                quoted = True
                out.append(Token('"', start, end))
            elif quoted and not after.isalnum():
                quoted = False
                out.append(Token('"', start, end))
        elif word in _STOP:
            out.append(Token(".", start, end))
        elif word in _EMOJI:
            out.append(Token(_EMOJI[word], start, end))
        elif "'" in word:
            base, _, ending = word.partition("'")
            if ending == "t" and base.endswith("n"):
                out.append(Token(_SHORT.get(word, base[:-1]), start, end))
                out.append(Token("not", start, end))
            elif ending in _ENDINGS:
                out.append(Token(base, start, start + len(base)))
                out.append(
                    Token(
                        "'s" if ending == "s" else _ENDINGS[ending],
                        start + len(base),
                        end,
                    )
                )
            else:
                out.append(Token(word.replace("'", ""), start, end))
        elif word.strip()[:1] == "-":
            out.append(Token("-", start, end))
        else:
            out.append(Token(mends.get(word, word), start, end))
    return out


_USER = {
    "i": "s", "me": "o", "my": "p", "mine": "p", "myself": "r",
}  # fmt: skip
_YOU = {"you": "n", "your": "p", "yours": "p", "yourself": "r", "ya": "n"}
_WE = {"we": "s", "us": "o", "our": "p", "ours": "p", "ourselves": "r"}
_THIRD = {
    "he": ("s", "m"), "him": ("o", "m"), "his": ("p", "m"), "himself": ("r", "m"),
    "she": ("s", "f"), "her": ("h", "f"), "hers": ("p", "f"), "herself": ("r", "f"),
}  # fmt: skip
_THEY = {
    "they": "s",
    "them": "o",
    "their": "p",
    "theirs": "p",
    "themselves": "r",
    "themself": "r",
}
_IT = {"it": "s", "its": "p", "itself": "r"}
_PRONOUNS = frozenset({*_USER, *_YOU, *_WE, *_THIRD, *_THEY, *_IT})
_SELF_AFTER_IS = re.compile(r"(?:\w+ing|got|been|always|never|not|so|a|an|very|just|only|the|too|really|had|done)$")
_PAST_VERB = re.compile(
    r"(?:\w+ed|was|were|had|hit|left|used|would|did|took|threw|broke|beat|made|kept|said|told|put|went)$"
)


_KEEPING_START = frozenset({'"', ",", "and", "so", "then"})
"""After these a sentence still begins."""
_TO_PARTNER = ("appreciate", "offer", "option")
"""Fields in which "you" is the partner: they are written to be said to them."""


def read(field: str, folded: Folded, told: Setting) -> Told:  # noqa: C901, PLR0912, PLR0915  # one pass, by design
    """`folded`, the text of `field`, with its people as roles."""
    tokens = _tokens(folded)
    raw = [t.word for t in tokens]
    known = people()
    partner_speaks = field == "objection" and not _reported(raw, told)
    voices = _voices(raw, "P" if partner_speaks else "U", told, known)
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    # The last person who is neither user nor partner: gender, and whether a pronoun may still mean them.
    other_gender, other_alive, other_subject, partner_since = "", False, False, False
    sentence_start = True
    i, n = 0, len(raw)
    first_quote = raw.index('"') if '"' in raw else n
    people_words = known.telling | told.names
    while i < n:
        word, start, end = tokens[i]
        if word not in people_words and word != ".":
            # Most words are no people.
            words.append("is" if word == "'s" else word)
            spans.append((start, end))
            sentence_start = sentence_start and word in _KEEPING_START
            i += 1
            continue
        voice = voices[i]
        me, you = ("U", "P") if voice == "U" else ("P", "U") if voice == "P" else ("O", "T")
        if voice == "U" and field not in _TO_PARTNER and i <= first_quote:
            you = "U"  # outside a quotation "you" is people in general, or the user talking to this program
        role = ""
        after = i + 1
        kin = _kin(raw, i, voice, known) if word not in _PRONOUNS or word in _OWNERS else None
        if kin and words[-1:] in (["Op"], ["Cp"]):
            kin = "On", kin[1], kin[2]  # "my sister's partner"
        if kin and told.ex and kin[0] == "On" and "ex" in raw[i : kin[2]]:
            kin = "Pn", kin[1], kin[2]
        if kin:
            role, gender, after = kin
            if role[0] == "O":
                other_gender, other_alive = gender, True
                other_subject = other_subject or sentence_start or not any(is_role(w, "UPW") for w in words[-6:])
                partner_since = raw[i] in ("his", "her", "their") or words[-1:] == ["Pp"]
        elif word in _USER:
            role = me + _USER[word]
        elif word in _YOU:
            role = you + _YOU[word]
        elif word in _WE:
            role = "W" + _WE[word]
        elif word in _THIRD:
            form, gender = _THIRD[word]
            who = "P" if voice == "U" else "O" if voice == "P" else "P"
            if voice == "P" and field != "objection" and told.gender and gender != told.gender:
                who = "U"
            if voice == "U":
                if told.gender and gender != told.gender and other_gender in ("", gender):
                    who = "O" if other_alive or other_gender else "P"
                elif other_alive and not partner_since and other_gender in ("", gender):
                    follows = raw[i + 1] if i + 1 < n else ""
                    if not sentence_start or (other_subject and _PAST_VERB.match(follows)):
                        who = "O"
            role = who + form
        elif word in _THEY:
            who = "P" if told.plural and voice == "U" and not other_alive else "T"
            role = who + _THEY[word]
        elif word in _IT:
            role = "T" + _IT[word]
        elif word in told.names and _is_name(word, folded, tokens[i], known):
            role = "Pn"
        if role:
            end = tokens[after - 1].end
            if role[0] == "P" and role[1] in "ns" and word not in _THIRD and word not in _USER:
                partner_since = True
            if after < n and raw[after] == "'s" and role[1] == "n":
                following = raw[after + 1] if after + 1 < n else ""
                if not _SELF_AFTER_IS.match(following):
                    role, end = role[0] + "p", tokens[after].end
                    after += 1
            if role[0] == "P" and role[1] in "sn":
                partner_since = partner_since or not other_alive
        else:
            role = "is" if word == "'s" else word
        words.append(role)
        spans.append((start, end))
        if word == ".":
            if not sentence_start:
                # A new sentence keeps an antecedent for one sentence more, and only if it was the subject.
                other_alive = other_alive and other_subject and not partner_since
                other_subject = False
            sentence_start = True
        elif word not in _KEEPING_START:
            sentence_start = False
        i = after
    return Told(tuple(words), tuple(spans), folded)


def _is_name(word: str, folded: Folded, token: Token, known: People) -> bool:
    """Whether `word` is the partner's name here, and not the everyday word of the same letters."""
    if word not in known.names_that_are_words:
        return True
    first = folded.span(token.start, token.end)[0]
    return folded.original[first].isupper()


def _reported(raw: Sequence[str], told: Setting) -> bool:
    """Whether an objection is told about the partner ("he says …") rather than in the partner's own words."""
    known = people()
    head = [w for w in raw[:8] if w != '"']
    if not head:
        return False
    if (
        head[0] in told.names
        or head[0] in ("he", "she", "they")
        or (head[0] in ("my", "the") and head[1:2] and head[1] in known.partner)
    ):
        second = next(
            (w for w in head[1:5] if w not in known.partner and w not in ("just", "always", "only", "'s", "keeps")),
            "",
        )
        if second in known.speech or second.endswith("s") or second in ("would", "will", "is", "does", "not"):
            return True
    # Told in the third person throughout, nobody says I.
    return not any(w in _USER or w in _YOU for w in raw) and any(w in ("he", "she") for w in raw[:4])


def _voices(raw: Sequence[str], outer: str, told: Setting, known: People) -> list[str]:
    """Whose "I" each token would be: U, P, or O for somebody else's quoted words."""
    voices = [outer] * len(raw)
    opened: int | None = None
    for i, word in enumerate(raw):
        if word != '"':
            continue
        if opened is None:
            opened = i
            continue
        if i - opened > 2:  # noqa: PLR2004  # one or two words in quotes are an expression, not speech
            speaker = _speaker(raw, opened, i, outer, told, known)
            voices[opened : i + 1] = [speaker] * (i + 1 - opened)
        opened = None
    if outer == "U":
        _unquoted(raw, voices, told, known)
    return voices


def _who(word: str, outer: str, told: Setting, known: People) -> str:
    if word in ("he", "she", "they") or word in told.names or word in known.partner:
        return "P" if outer == "U" else "U" if word in known.partner else "O"
    if word == "i":
        return outer
    if word == "you":
        return "U"
    if word in known.other or word in known.child:
        return "O"
    return ""


def _speaker(raw: Sequence[str], start: int, end: int, outer: str, told: Setting, known: People) -> str:  # noqa: PLR0913, PLR0917  # all of one scene
    """Who says the words between two quotation marks."""
    for at in range(start - 1, max(start - 12, -1), -1):
        if raw[at] == "." and at < start - 1:
            break
        if who := _who(raw[at], outer, told, known):
            return who
    for at in range(end + 1, min(end + 4, len(raw))):
        if who := _who(raw[at], outer, told, known):
            return who
    return "P" if outer == "U" else "U"


def _unquoted(raw: Sequence[str], voices: list[str], told: Setting, known: People) -> None:
    """Mark direct speech without quotation marks: "he said i'll kill you if you leave"."""
    n = len(raw)
    for i, word in enumerate(raw):
        if word not in known.speech or voices[i] != "U" or i == 0:
            continue
        who = next(
            (w for at in range(i - 1, max(i - 4, -1), -1) if (w := _who(raw[at], "U", told, known))),
            "",
        )
        if who != "P":
            continue
        begin = i + 1
        while begin < n and raw[begin] in ("to", "me", "that", ",", ":", "like"):
            begin += 1
        stop = begin
        while stop < n and raw[stop] not in (".", '"', ";", "but", "so") and stop - begin < 25:  # noqa: PLR2004
            stop += 1
        if any(w in _YOU for w in raw[begin : min(stop, begin + 14)]):
            voices[begin:stop] = ["P"] * (stop - begin)


_OWNERS = frozenset(
    {
        "my",
        "his",
        "her",
        "their",
        "our",
        "your",
        "the",
        "a",
        "an",
        "this",
        "that",
        "another",
        "some",
        "any",
    }
)


def _kin(raw: Sequence[str], i: int, voice: str, known: People) -> tuple[str, str, int] | None:  # noqa: C901, PLR0911, PLR0912  # one question after the other
    """A noun for a person that begins at token `i`: its role, its gender, and the token after it."""
    owner = raw[i] if raw[i] in _OWNERS else ""
    at = i + 1 if owner else i
    former = False
    last = min(at + 4, len(raw))
    while at < last and raw[at] in known.adjectives and not (raw[at] in known.partner or raw[at] in known.child):
        former = former or raw[at] in known.past
        if raw[at] == "ex" and (at + 1 >= len(raw) or raw[at + 1] not in known.partner):
            return "On", "", at + 1
        at += 1
    if at >= len(raw):
        if owner and at - i >= 3 and raw[at - 1] == "old":  # noqa: PLR2004  # "our six year old"
            return "Cn", "", at
        return None
    noun = raw[at]
    if noun in known.child:
        if not owner and noun in ("baby", "boy", "girl", "boys", "girls", "child"):
            return None
        return "Cn", "", at + 1
    if owner and at - i >= 3 and raw[at - 1] == "old" and raw[at - 2] in ("year", "yr", "month", "years"):  # noqa: PLR2004
        return "Cn", "", at
    if noun in known.partner:
        gender = known.partner[noun]
        if former or raw[i] == "ex":
            return "On", gender, at + 1
        if owner == "your":
            return None
        if owner in ("a", "an", "another", "some", "any", "that", "this", "their"):
            return "On", gender, at + 1
        if owner in ("his", "her"):
            return (
                ("Un" if noun in ("wife", "husband", "spouse", "partner") else "On"),
                gender,
                at + 1,
            )
        return (
            ("Un" if voice == "P" and owner == "my" else "On" if voice == "O" else "Pn"),
            gender,
            at + 1,
        )
    if noun in known.other:
        return "On", known.other[noun], at + 1
    return None


@lru_cache(maxsize=4)  # screen and coercion look at the same scenario, one after the other
def told(scenario: Scenario) -> dict[str, Told]:
    """Every text of `scenario`, read for its people, by field; treat it as read-only."""
    folds = {field: fold(text) for field, text in scenario.texts().items()}
    about = setting(scenario, folds)
    return {field: read(field, folded, about) for field, folded in folds.items()}
