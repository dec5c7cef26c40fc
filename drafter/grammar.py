"""Turns what the user typed about the partner into words said to the partner.

"his truck" becomes "your truck", "he wants to be left alone" becomes "you want to be left alone", and each
phrase is told apart by its grammatical form, so that a sentence can be chosen which it fits. Nothing is
added; what can't be turned with confidence is left out by returning None.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from drafter.data import load_words, load_yaml
from drafter.scenario import Resource, Scenario
from drafter.text import one_line

Gender = Literal["he", "she", "they"]
Form = Literal["noun", "gerund", "infinitive", "that", "wish", "like", "dislike", "clause", "when", "wh", "past"]

_HE = {"husband", "boyfriend", "bf", "hubby", "fiance", "fiancé", "man", "fella", "bloke", "ex-husband", "dad"}
_SHE = {"wife", "girlfriend", "gf", "wifey", "fiancee", "fiancée", "missus", "woman", "lady", "ex-wife", "mum", "mom"}
_RELATION = (
    r"husband|wife|hubby|wifey|partner|boyfriend|girlfriend|bf|gf|fianc[eé]e?|spouse|other half|better half|man"
    r"|missus|fella|bloke|woman|lady|guy|love"
)
MAX_PHRASE_WORDS = 14
"""A longer phrase is no longer something one says in passing; it is left out."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something that matters, turned to the partner.

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

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    raw = load_yaml("language/grammar.yaml")
    return {
        "not_gerunds": frozenset(raw["not_gerunds"].split()),
        "verbs": frozenset(raw["verbs"].split()),
        "have_after": frozenset(raw["have_after"].replace("-", " ").split()),
        "praise": frozenset(raw["praise"].split()),
        "states": frozenset(raw["states"].split()),
        "adverbs": frozenset(raw["adverbs"].split()),
        "alone": frozenset(raw["not_after_possessive"].split()),
        "lead_ins": [re.compile(p, re.IGNORECASE) for p in raw["lead_ins"]],
        "trail_offs": [re.compile(p, re.IGNORECASE) for p in raw["trail_offs"]],
        "vent_from": [re.compile(p, re.IGNORECASE) for p in raw["vent_from"]],
        "vent_words": frozenset(raw["vent_words"].split()),
        "kinds": [(name, re.compile(rf"\b(?:{p})\b", re.IGNORECASE)) for name, p in raw["kinds"]],
        "classes": {word: name for name, line in raw["classes"].items() for word in line.split()},
    }


def gender(scenario: Scenario) -> Gender:
    """The pronoun for the partner: from the relationship, else from the pronouns the user used, else they."""
    relation = scenario.relationship.lower().split()
    if any(word in _HE for word in relation):
        return "he"
    if any(word in _SHE for word in relation):
        return "she"
    told = f" {scenario.situation} {' '.join(scenario.matters)} {scenario.appreciate} {scenario.my_part} ".lower()
    he = len(re.findall(r"\b(?:he|him|his|himself)\b", told))
    she = len(re.findall(r"\b(?:she|her|hers|herself)\b", told))
    they = len(re.findall(r"\b(?:they|them|their|themself)\b", told))
    if max(he, she) == 0 or (they > he + she):
        return "they"
    return "he" if he >= she else "she"


def mend(text: str) -> str:
    """`text` with everyday typos and missing apostrophes mended, and the lone "i" written large."""
    spellings = load_words("language/spellings.txt")
    kept = load_words("language/keep_spelling.txt")

    def one(match: re.Match[str]) -> str:
        word = match.group()
        right = spellings.get(word.lower())
        if right is None or word.lower() in kept:
            return word
        return right[:1].upper() + right[1:] if word[:1].isupper() and not word.isupper() else right

    text = re.sub(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)*", one, text.replace("’", "'"))
    text = re.sub(r"\bits(?= (?:a|an|the|not|true|fine|ok|okay|fair|hard|easy|my|your|our|all|about|only|too|so|what|how|just|no)\b)", "it's", text)
    return re.sub(r"\bi(?=\b(?!-))", "I", text)


_TOKEN = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*|[^A-Za-z\s]+|\s+")
_SUBJECTS = {"he": ("he",), "she": ("she",), "they": ("they",)}
_CONTRACTED = {"'ll": "you'll", "'d": "you'd", "'re": "you're", "'ve": "you've"}
_AUX = {
    "is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "wasn't": "weren't",
    "hasn't": "haven't", "doesn't": "don't", "goes": "go",
}  # fmt: skip
_MODAL = {
    "can", "could", "will", "would", "should", "may", "might", "must", "can't", "couldn't", "won't", "wouldn't",
    "shouldn't", "had", "did", "didn't", "ought", "used",
}  # fmt: skip


def plain_verb(word: str) -> str:
    """A third-person verb form without its ending: wants -> want, watches -> watch, tries -> try."""
    low = word.lower()
    if low in _AUX:
        return _AUX[low]
    if low in _MODAL or not low.endswith("s") or low.endswith("ss") or len(low) < 3:
        return word
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def to_you(text: str, who: Gender, name: str = "") -> str:
    """`text` about the partner, turned to the partner: pronouns, verb forms, the partner's name and "my wife".

    Args:
        text: a phrase or clause as the user typed it.
        who: the partner's pronoun; other pronouns are somebody else's and stay.
        name: the partner's name, where given.

    """
    text = re.sub(rf"\bmy (?:dear |lovely )?(?:{_RELATION})\b(?!-)", _NAME, text, flags=re.IGNORECASE)
    if name:
        text = re.sub(rf"\b{re.escape(name)}\b", _NAME, text, flags=re.IGNORECASE)
    tokens = _TOKEN.findall(text)
    out: list[str] = []
    subject = False  # the last word was the partner as a subject: the next verb must agree
    turned = False
    for index, token in enumerate(tokens):
        low = token.lower()
        following = _next_word(tokens, index)
        base, apostrophe, rest = low.partition("'")
        if token.isspace() or not token[0].isalpha():
            out.append(token)
            if token.strip():
                subject = False
            continue
        if subject:
            if low in _data()["adverbs"]:
                out.append(token)
                continue
            out.append(plain_verb(token) if low.endswith("s") or low in _AUX else token)
            subject = False
            continue
        is_name = base == _NAME.lower()
        if base == who or (is_name and not (apostrophe and rest == "s" and _is_noun_next(following))):
            if is_name and not apostrophe and not _looks_verb(following):
                out.append("you")
            elif apostrophe:
                out.append(_contracted(f"'{rest}", following))
                turned = True
            else:
                out.append("you")
                subject = turned = True
            continue
        if is_name:
            out.append("your")
        elif (new := _pronoun(low, who, following, out)) is not None:
            out.append(new)
        elif turned and low in _data()["verbs"] and _previous_word(out) in ("and", "or", "but", "then"):
            out.append(plain_verb(token))
        else:
            out.append(token)
    return "".join(out)


_NAME = "Zzpartner"


def _next_word(tokens: list[str], index: int) -> str:
    return next((t.lower() for t in tokens[index + 1 :] if not t.isspace()), "")


def _previous_word(out: list[str]) -> str:
    return next((t.lower() for t in reversed(out) if not t.isspace()), "")


def _looks_verb(word: str) -> bool:
    data = _data()
    return word in _AUX or word in _MODAL or word in data["verbs"] or word in data["adverbs"] or word in ("is", "had")


def _is_noun_next(word: str) -> bool:
    data = _data()
    return bool(word) and word[:1].isalpha() and word not in data["have_after"] and not (
        word in ("a", "an", "the", "not", "always", "never", "really", "so", "very", "just", "too")
        or (word.endswith("ing") and word not in data["not_gerunds"])
    )


def _contracted(ending: str, following: str) -> str:
    if ending in _CONTRACTED:
        return _CONTRACTED[ending]
    # "'s" is "is" or "has": "he's walked off", but "he's tired"
    data = _data()
    walked = following.endswith("ed") and following not in data["states"]
    return "you've" if following in data["have_after"] or walked else "you're"


def _pronoun(low: str, who: Gender, following: str, out: list[str]) -> str | None:
    alone = not following or not following[0].isalpha() or following in _data()["alone"]
    table: dict[str, dict[str, str]] = {
        "he": {"him": "you", "his": "yours" if alone else "your", "himself": "yourself"},
        "she": {"her": "you" if alone else "your", "hers": "yours", "herself": "yourself"},
        "they": {
            "them": "you", "their": "your", "theirs": "yours", "themself": "yourself", "themselves": "yourself",
        },
    }  # fmt: skip
    new = table[who].get(low)
    if new is None:
        return None
    if low == "her" and not alone and _previous_word(out) in _LETTING:
        return "you"  # "letting her sleep"
    if who == "they" and _plural_before(out):
        return None
    return new


_LETTING = frozenset("make makes making made let lets letting help helps helping watch watching hear hearing see seeing".split())


def _plural_before(out: list[str]) -> bool:
    """Whether the words so far hold a plural that "they" may stand for ("the kids and their school")."""
    before = [t.lower() for t in out if t[0].isalpha()]
    return any(t in ("kids", "children", "people", "parents", "girls", "boys", "friends") for t in before)


# Where a typed phrase ends: a full stop that is none of "Dr.", a dash, a colon.
_END = re.compile(r"(?<![Dd]r)(?<![Mm]r)(?<![Mm]rs)(?<![Mm]s)(?<!\b[Ss]t)(?<=[A-Za-z0-9)])[.!?;](?:\s|$)|\s[-–—]+\s|\s/\s|:\s")


def strip_phrase(text: str) -> str | None:
    """The heart of what was typed: one clause, fillers and venting asides cut; None if nothing is left.

    A phrase in which the user's anger remains is not used at all.
    """
    data = _data()
    text = mend(one_line(text))
    text = re.sub(r"\s*\([^)]*\)", "", text)
    text = re.sub(r"[\U0001f000-\U0010ffff\u2600-\u27bf]", "", text)
    text = _END.split(text, maxsplit=1)[0]
    for _ in range(3):
        for lead in data["lead_ins"]:
            match = lead.match(text)
            if match and match.end() < len(text):
                text = text[match.end() :]
    for trail in data["trail_offs"] + data["vent_from"]:
        text = trail.sub("", text)
    # "being the eldest, he has to set the example": what is said about it is a sentence of its own.
    text = re.sub(r"(?<=\w),\s+(?:he|she|they|you|it|it's|that's|he's|she's)\b.*$", "", text)
    text = text.strip(" .,;:!?-–—\"'“”").replace(", and ", " and ")
    if not text or not re.search("[A-Za-z]", text) or len(text.split()) > MAX_PHRASE_WORDS:
        return None
    if any(word in data["vent_words"] for word in re.findall(r"[a-z]+", text.lower())):
        return None
    if text.isupper() and len(text) > 3:
        text = text.lower()
    return re.sub(r"\bi(?=\b)", "I", text)


_DETERMINER = re.compile(
    r"(?:the|a|an|your|our|my|his|her|their|its|some|any|no|more|less|every|each|this|that|these|those|all|both)\b"
)
_WANT = re.compile(r"you (?:\w+ly |always |just |only )?(?:want|need|would like|'d like|long for|ask for|wish for)\s+(.+)")
_LIKE = re.compile(r"you (?:\w+ly |always |just |still )?(?:love|like|enjoy|treasure|value|appreciate|adore|prefer)\s+(.+)")
_HATE = re.compile(
    r"you (?:\w+ly |always |just |still )?(?:hate|dread|can't stand|cannot stand|don't like|don't want|dislike|do not want"
    r"|can't bear|don't enjoy)\s+(.+)"
)
_BARE = re.compile(
    r"(?:wants?|needs?|likes?|loves|hates?|enjoys?|values|cares|prefers?|dreads?|worries|doesn't|don't|can't stand)\b"
)
_SUBJECT = re.compile(
    r"(?:I|we|you|it|they|he|she|there|us|the (?:kids|girls|boys|children|family|house|dog))\b", re.IGNORECASE
)
_FINITE = re.compile(
    r"\b\w+'(?:s|re|m|ve)\b|\b(?:is|are|was|were|am|do|does|did|don't|doesn't|didn't|have|has|had|can|can't|could|will|won't|would|isn't|aren't"
    r"|get|gets|feel|feels|know|knows|see|sees|hear|hears|want|wants|go|goes|stay|stays|keep|keeps|laugh|talk|fight|argue)\b"
)


# A pronoun that is spoken of, not used: turned to "you" it would say something else.
_NAMED = re.compile(r"\b(?:called|pronouns?|said|says) (?:he|she|they|him|her|them)\b")
# Somebody who has died is no benefit to speak of in passing.
_GONE = re.compile(r"\b(?:died|dead|passed|late (?:mum|mom|dad|wife|husband|father|mother|brother|sister)|funeral|grave|ashes|memor(?:y|ies)|rip)\b")


def matter(text: str, who: Gender, name: str = "") -> Phrase | None:
    """What matters to the partner, turned to the partner and told apart by its form.

    Returns None where nothing fit to say is left of it.
    """
    heart = strip_phrase(text)
    if heart is None or _GONE.search(text.lower()) or _NAMED.search(heart.lower()):
        return None
    if _BARE.match(heart) and not heart.lower().startswith(("needs and", "loves and", "can't")):
        heart = f"{who} {heart}"
    turned = to_you(heart, who, name)
    if re.search(r"\b(?:he|him|his|himself|she|hers|herself)\b", turned.lower()) and who != "they":
        # A pronoun of the other gender is somebody else's; of an unknown "him" nothing sensible can be said.
        other = {"he": r"\b(?:she|hers|herself)\b", "she": r"\b(?:he|him|his|himself)\b"}[who]
        if not re.search(other, turned.lower()):
            return None
    return _classified(turned)


def _classified(text: str) -> Phrase | None:
    low = text.lower()
    first = low.split()[0]
    if first == "that" and len(low.split()) > 2 and _FINITE.search(low):
        return Phrase(_sentence_inside(text[5:]), "that")
    if first == "to" and len(low.split()) > 1:
        return Phrase(_sentence_inside(text), "infinitive")
    if first == "when":
        return Phrase(_sentence_inside(text), "when")
    if first in ("how", "what", "who", "where", "whether", "if"):
        return Phrase(_sentence_inside(text), "wh")
    if re.match(r"(?:us|me|you)\s+(?:not\s+)?\w+ing\b", low):
        return Phrase(_sentence_inside(text), "gerund")
    if low.startswith("you"):
        return _your_clause(text)
    if _is_gerund(low):
        return Phrase(_sentence_inside(text), "gerund")
    if _SUBJECT.match(text) and _FINITE.search(low.split(maxsplit=1)[-1]):
        return Phrase(_sentence_inside(text), "that")
    if low in ("us", "me", "we"):
        return Phrase("us" if low != "me" else "me", "noun", "people")
    return _noun(text)


def _your_clause(text: str) -> Phrase | None:
    low = text.lower()
    for pattern, form in ((_HATE, "dislike"), (_WANT, "wish"), (_LIKE, "like")):
        if re.match(pattern, low):
            return Phrase(_sentence_inside(text), form)  # type: ignore[arg-type]
    if re.match(r"you(?:'re|'ve|'ll|'d)?\s+\w+", low) and low.split()[0] in ("you", "you're", "you've", "you'll", "you'd"):
        return Phrase(_sentence_inside(text), "clause")
    return _noun(text)  # "your Sundays"


def _is_gerund(low: str) -> bool:
    tokens = low.split()
    head = tokens[1] if tokens[0] in ("not", "never", "just", "always") and len(tokens) > 1 else tokens[0]
    if not re.fullmatch(r"[a-z]{2,}ing", head) or head in _data()["not_gerunds"]:
        return False
    # A lone "-ing" word is an activity one has ("fishing", "gaming"), two and more are something one does.
    return len(tokens) > 1 and tokens[1] not in ("and", "or", "nights", "night", "days", "time", "trips", "trip", "weekends")


def _noun(text: str) -> Phrase | None:
    # "his job on the bins, he loves it": what follows the comma is said about it, not part of it.
    text = text.split(",", 1)[0]
    low = text.lower()
    tokens = re.findall(r"[a-z'-]+", low)
    if not tokens:
        return None
    whole = re.sub(r"^(?:a|the|some)?\s*(?:(?:little|wee)?\s*bit|lot|lots|little|piece|sense|moment|kind|sort|feeling|amount)s? of ", "", low)
    head = re.split(r"\b(?:in|on|at|with|for|from|of|to|when|who|that|after|before|without|so|while|about|back)\b", whole, maxsplit=1)[0]
    heads = re.findall(r"[a-z-]+", head) or tokens
    kind = "thing"
    for word in reversed(heads):
        found = _data()["classes"].get(word) or _data()["classes"].get(word.removesuffix("'s"))
        if found:
            kind = found
            break
    last = heads[-1]
    plural = (
        (" and " in head and kind != "gain") or bool(re.search(r"(?:[^s]s|children|people|kids)$", last)) or last in ("sheep", "police")
    ) and last not in ("chess", "darts", "tennis", "news", "us", "sos", "business", "maths", "this", "happiness", "bus")
    return Phrase(_sentence_inside(text), "noun", kind, plural)


_KEEP_CAPITAL = re.compile(r"(?:I\b|I'|[A-Z]{2}|[A-Z][a-z]*[A-Z])")
_LOWER_FIRST = {
    "the", "a", "an", "my", "our", "your", "his", "her", "their", "being", "not", "that", "when", "how", "to", "time",
    "money", "peace", "quiet", "respect", "having", "no", "more", "less", "us", "we", "you", "it", "you're", "you've",
    "some", "being", "doing", "keeping", "getting", "knowing", "feeling", "family", "work", "sleep", "honesty", "trust",
}  # fmt: skip


def _sentence_inside(text: str) -> str:
    """`text` as it stands inside a sentence: a capital that only began it becomes small, a name keeps its own."""
    text = text.strip()
    first, *rest = text.split(" ", 1)
    if _KEEP_CAPITAL.match(text):
        return text
    if first.lower() in _LOWER_FIRST or (first[:1].isupper() and first.lower() in _data()["verbs"]):
        return " ".join([first.lower(), *rest])
    if first[:1].isupper() and (first.lower() in _data()["classes"] or first.lower().endswith("ing")):
        day = first.lower().rstrip("s")
        return text if day.endswith("day") else " ".join([first.lower(), *rest])
    return text


_DAYS = re.compile(r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)(s?)\b", re.IGNORECASE)
_TIMES = re.compile(
    r"\b(?:(?:game|gaming|poker|quiz|darts|football|match|date|bowling|movie|film|pub|guys'?|lads'?|girls'?|band|choir"
    r"|league|training|bingo|pizza|chess|trivia|D&D)[ -]nights?|match days?|game days?|lie-ins?|days? off|evenings?"
    r"|weekends?|mornings?|bedtimes?)\b",
    re.IGNORECASE,
)


def capital_days(text: str) -> str:
    """`text` with the names of weekdays written large."""
    return _DAYS.sub(lambda m: m.group(1).capitalize() + m.group(2).lower(), text)


def kept_time(matters: tuple[str, ...]) -> tuple[str, int] | None:
    """A time of the partner's own that the visit must leave alone, and which of `matters` names it.

    Returns it as it stands after "not" or "that isn't": "a Sunday", "game night".
    """
    for index, item in enumerate(matters):
        if day := _DAYS.search(item):
            return f"a {day.group(1).capitalize()}", index
        if (time := _TIMES.search(item)) and "night" in time.group().lower():
            found = time.group().lower().replace("nights", "night")
            return ("a " if " " not in found else "") + found, index
    return None


_REPORTED = re.compile(
    r"(?:he|she|they|sam zz)(?:'s| is| has| just| always)* (?:says?|said|thinks?|reckons?|feels?|told me|keeps saying|insists|swears)"
    r"(?: that)?[,:]? (?!the|a |no\b)",
    re.IGNORECASE,
)


def partner_says(text: str, who: Gender = "they", name: str = "") -> str | None:
    """What the partner said, as told back: "I don't want a stranger" -> "you don't want a stranger".

    Only for one short, clean clause whose every pronoun is certain; else None. `text` may also be the user's
    report ("he says we can't afford it").
    """
    text = capital_days(mend(one_line(text))).strip(" .!\"'“”…")
    if report := _REPORTED.match(text):
        rest = strip_phrase(text[report.end() :])
        told = to_you(rest, who, name) if rest and not rest.endswith("?") else ""
        fit = 2 < len(told.split()) <= 12 and re.match(r"(?:you|we|it|i|they|there)\b", told.lower())
        return _sentence_inside(told) if fit else None
    tokens = _TOKEN.findall(text)
    plain = [t for t in tokens if t[0].isalpha()]
    if "you know" in text.lower() or not 2 < len(plain) <= 12 or re.search(r"[.,?!;:()\"“”/…]|\s[-–—]|[-–—]\s", text):
        return None
    lows = [t.lower() for t in plain]
    if lows[0] not in _TELLING and not (lows[0] in ("therapy", "counselling", "counseling", "talking", "nobody", "nothing", "everyone") or lows[0] in ("the", "a", "my", "our", "that's")):
        return None
    if any(word in _data()["vent_words"] for word in lows) or "gonna" in lows:
        return None
    if not _FINITE.search(" ".join(lows)) and lows[0] not in ("i'm", "we're", "it's", "i've", "that's", "you're"):
        return None
    out: list[str] = []
    for index, token in enumerate(tokens):
        new = _told_back(token.lower(), _next_word(tokens, index), _previous_word(out), first=index == 0)
        if new is _UNSURE:
            return None
        out.append(token if new is None else new)
    told = "".join(out)
    if lows[0] not in ("i", "i'm", "i've", "i'd", "i'll", "dr"):
        told = told if told[:2] == "I " or told[:2] == "I'" else told[:1].lower() + told[1:]
    return told


_TELLING = {
    "i", "i'm", "i've", "i'd", "i'll", "we", "we're", "we've", "we'd", "we'll", "it's", "it", "you", "you're", "you've",
    "there's", "they", "they'd", "they're", "they'll", "you'd", "you'll", "you just", "this", "it'll", "it'd", "that", "that's",
}  # fmt: skip
_UNSURE = "?"


def _told_back(low: str, following: str, previous: str, *, first: bool) -> str | None:
    simple = {
        "i": "you", "i'm": "you're", "i've": "you've", "i'll": "you'll", "i'd": "you'd", "me": "you", "my": "your",
        "mine": "yours", "myself": "yourself", "am": "are", "your": "my", "yours": "mine", "yourself": "myself",
        "you're": "I'm", "you've": "I've", "you'll": "I'll", "you'd": "I'd",
    }  # fmt: skip
    if low in simple:
        return simple[low]
    if low == "was" and previous == "you":
        return "were"
    if low in ("are", "were") and previous == "i":
        return {"are": "am", "were": "was"}[low]
    if low != "you":
        return None
    if first or _looks_verb(following) or following in ("want", "need", "never", "always", "do", "have", "think", "are", "were", "know", "say", "keep", "go", "don't", "make", "get", "like", "tell"):
        return "I" if first or previous not in ("to", "for", "with", "at", "about", "from", "of", "like", "by", "than") else _UNSURE
    if previous in ("to", "for", "with", "at", "about", "from", "of", "like", "by", "on", "tell", "told", "telling", "hear", "love") or not following:
        return "me"
    return _UNSURE


def own_part(text: str, who: Gender, name: str = "") -> Phrase | None:
    """The user's own share, turned to the partner: a clause with "I", a gerund, or a noun phrase."""
    heart = strip_phrase(text)
    if heart is None:
        return None
    heart = re.sub(r"^(?:that|i know(?: that)?|i admit(?: that)?|my part is(?: that)?|probably|because|also|me)\s+", "", heart, flags=re.IGNORECASE)
    turned = to_you(heart, who, name)
    low = turned.lower()
    if re.match(r"i(?:'\w+)?\b", low):
        return Phrase("I" + turned[1:], "clause", field="my_part")
    if low.split()[0] in ("you", "he", "she", "they", "you're", "you've", "it", "nothing", "none", "no", "idk", "dunno", "we", "not"):
        return None if low.split()[0] != "not" or not _is_gerund(low) else Phrase(_sentence_inside(turned), "gerund", field="my_part")
    if re.fullmatch(r"[a-z]+ing(?: .*)?", low) and low.split()[0] not in _data()["not_gerunds"]:
        return Phrase(_sentence_inside(turned), "gerund", field="my_part")
    if re.match(r"(?:wasn't|was|am|didn't|don't|haven't|can't|work|worked|go|went|get|got|shout|nag|keep|kept|have|took|said|snap|let|make|forget)\b", low):
        return Phrase(f"I {_sentence_inside(turned)}", "clause", field="my_part")
    noun = _noun(turned)
    if noun is None:
        return None
    text_out = noun.text if _DETERMINER.match(noun.text.lower()) else f"my {noun.text}"
    if text_out.lower().split()[0] in ("your", "this", "that"):
        return None
    return Phrase(text_out, "noun", noun.kind, noun.plural, "my_part")


def appreciation(text: str, who: Gender, name: str = "") -> Phrase | None:
    """Something true the partner does, turned to the partner: a clause with "you", a gerund, or a noun phrase."""
    heart = strip_phrase(re.sub(r"^\s*(?:i (?:really |do )?(?:love|like|appreciate|admire|value)|that)\s+(?!me\b)", "", text, flags=re.IGNORECASE))
    if heart is None:
        return None
    low0 = heart.lower()
    bare = re.match(r"(?:always|never|really|still|often)?\s*([a-z]+s)\b", low0)
    if bare and (bare.group(1) in _data()["verbs"]) and low0.split()[0] not in ("works",):
        heart = f"{who} {heart}"
    turned = to_you(heart, who, name)
    low = turned.lower()
    if re.match(r"(?:you|you're|you've|you'd|you'll)\b", low) and not low.startswith("your"):
        head = turned.split(",", 1)[0]
        return Phrase(_sentence_inside(head if len(head.split()) > 2 else turned), "clause", field="appreciate")
    if low.startswith("when"):
        return None
    if low.split()[0] in ("how", "what", "that"):
        return Phrase(_sentence_inside(turned), "wh", field="appreciate")
    if re.match(r"(?:\w+ )?[a-z]+ing\b", low) and low.split()[0] not in ("his", "her", "the", "your", "our", "their", "a") and low.split()[0] not in _data()["not_gerunds"]:
        return Phrase(_sentence_inside(turned), "gerund", field="appreciate")
    if low.split()[0] in ("i", "we", "he", "she", "they", "nothing", "not", "no"):
        return None
    if re.match(r"an? \w+", low):  # "a good dad"
        return Phrase(f"you're {_sentence_inside(turned)}", "clause", field="appreciate")
    if low.split()[0] in _data()["praise"]:  # "good with money"
        return Phrase(f"you're {_sentence_inside(turned)}", "clause", field="appreciate")
    if any(word in _data()["verbs"] or word in ("adore", "love", "trust", "worship") for word in low.split()[1:4]) and re.match(r"(?:the|our|my|this|your|his|her|[A-Z])", turned):
        return Phrase(_sentence_inside(turned), "clause", field="appreciate")
    if re.match(r"your \w+(?: \w+)? (?:got|gets|keeps|kept|makes|made|is|was|saved|lights|never|always|brings)\b", low):
        return Phrase(_sentence_inside(turned), "clause", field="appreciate")
    noun = _noun(turned)
    if noun is None:
        return None
    text_out = noun.text if _DETERMINER.match(noun.text.lower()) else f"your {noun.text}"
    return Phrase(text_out, "noun", noun.kind, noun.plural, "appreciate")


def offer(text: str, who: Gender, name: str = "") -> Phrase | None:
    """The load the user will carry, as said to the partner: a clause, a gerund, or a noun phrase."""
    heart = strip_phrase(text)
    if heart is None:
        return None
    turned = capital_days(to_you(heart, who, name))
    low = turned.lower()
    first = low.split()[0]
    if re.search(r"\bI(?:'ll|'d| will| won't|'m| can)\b", turned):
        return Phrase(turned, "clause", field="offer")
    if first in ("i", "i'll", "i'd", "i've", "i'm", "you", "you'd", "you'll", "you're", "we", "we'll", "we'd", "my", "it", "no"):
        if first == "my" and not _FINITE.search(low):
            return Phrase(turned, "noun", field="offer")
        return Phrase(turned, "clause", field="offer")
    if first == "will":
        return Phrase(f"I'll {turned[5:]}", "clause", field="offer")
    if first == "to":
        return Phrase(f"I'll {turned[3:]}", "clause", field="offer")
    if first.endswith("ing") and first not in _data()["not_gerunds"] and len(low.split()) > 1:
        return Phrase(_sentence_inside(turned), "gerund", field="offer")
    if first in _OFFER_VERBS:
        return Phrase(f"I'll {_sentence_inside(turned)}", "clause", field="offer")
    if _FINITE.search(low) or len(low.split()) > 7:
        return None
    noun = _noun(turned)
    if noun is None or noun.text.lower().split()[0] in ("nothing", "none", "not", "anything", "no", "whoever", "whatever"):
        return None
    bare = not _DETERMINER.match(noun.text.lower()) and not noun.plural and noun.text[:1].islower()
    return Phrase(f"the {noun.text}" if bare else noun.text, "noun", field="offer")


_OFFER_VERBS = frozenset(
    "pay book sort drive ring call phone do find arrange cover handle take make get pick organise organize look mind watch "
    "cook clean give swap move cancel ask go come set research fetch bring leave wait keep let".split()
)
_ABOUT_THE_ASK = re.compile(
    r"\b(?:try|tries|session|sessions|visit|go|goes|come|comes|therapy|therapist|counsel\w*|appointment|coach\w*|talk to|see someone"
    r"|speak to|sit down|one time|one go|once|meeting|check-?up|chat|hour|shot|somebody|someone|workshop|course|agree|say yes|attend)\b"
)
_SELFISH_WANT = re.compile(r"\b(?:to (?:stop|listen|change|grow|understand|admit|realise|realize|see|hear|apologi[sz]e|quit)|stops?|fix|make|proof|prove)\b")


def hope(text: str, who: Gender, name: str = "") -> Phrase | None:
    """What the user hopes for, as a wish that asks nothing of the partner.

    A wish about the visit itself is left to the ask, and one that the partner should do or stop something is
    not said at all: it would be a demand in disguise.
    """
    heart = strip_phrase(re.sub(r"^\s*(?:i (?:just |only |really )?(?:want|would like|'d like|hope|wish)(?: for)?|just)\s+", "", text, flags=re.IGNORECASE))
    if heart is None or _ABOUT_THE_ASK.search(heart.lower()):
        return None
    turned = to_you(heart, who, name)
    low = turned.lower()
    if low.startswith(("you", "my", "i ")) or re.match(r"for you to\b", low) or _SELFISH_WANT.search(low):
        return None
    if low.startswith(("to ", "for us to ", "us to ")):
        return Phrase(_sentence_inside(turned), "infinitive", field="want")
    if re.match(r"(?:that )?we\b", low):
        return Phrase(_sentence_inside(turned.removeprefix("that ")), "that", field="want")
    if _FINITE.search(low) or _is_gerund(low) or len(low.split()) > 8:
        return None
    noun = _noun(turned)
    return Phrase(noun.text, "noun", noun.kind, noun.plural, "want") if noun else None


_MANY = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|ten|twelve|a few|several|some|couple of|weekly|every|fortnightly|each|monthly|ongoing|package|block|series)\b"
    r".{0,24}\b(?:visits?|sessions?|meetings?|weeks?|wks?|months?|appointments?|times|evenings|classes|part|chats|calls|saturdays|sundays|days|night|nights|course|programme|program)\b"
    r"|\bweekly\b|\bevery (?:week|other|monday|tuesday|wednesday|thursday|friday)\b|\bsessions\b|\bvisits\b|\b(?:weekend|week)\b"
)
_CLAUSE = re.compile(r"^(?:we|you|he|she|they|i|it)\b|\b(?:can|could|would|will|is|are|isn't|has|'d|'ll|do)\b")
_SITTING = re.compile(
    r"\b(?:session|call|visit|meeting|appointment|chat|hour|workshop|class|check-?up|evening|talk|consultation|counsell?or|therapist"
    r"|coach|retreat|day|afternoon|morning|intro|video|walk|consult|taster|mediator|psychologist|minutes?|mins?)\b"
)
_META = re.compile(
    r"^\s*(?:i\b|i've|i'm|not sure|don't know|do not know|idk|dunno|maybe|tbc|tbd|no idea|or something|something like that|if |after |once |when "
    r"|she says|he says|they say|apparently|looked it up|my \w+ (?:went|goes|said|knows))"
)


def option(text: str, who: Gender, name: str = "") -> Phrase | None:
    """What is on offer, as a noun phrase for one visit; None where it isn't one or offers more than one.

    "one video call with Dr Lee, 50 minutes" stays whole; asides ("I asked", "not sure of the price") go.
    """
    plain = mend(one_line(text)).strip(" .!")
    plain = re.sub(r"\s*\([^)]*\)", "", plain)
    plain = _END.split(plain, maxsplit=1)[0]
    segments = [to_you(part.strip(), who, name) for part in re.split(r",\s+", plain)]
    kept = [
        s
        for i, s in enumerate(segments)
        if s and (i == 0 or not (_META.match(s.lower()) or _MANY.search(s.lower()) or _CLAUSE.search(s.lower())))
    ]
    if not kept or _MANY.search(kept[0].lower()) or _META.match(kept[0].lower()):
        return None
    turned = capital_days(", ".join(kept))
    low = turned.lower()
    turned = re.sub(r"\b1 ?hr\b", "one hour", turned)
    turned = re.sub(r"^(?:1|only one|just one|just the one)\b", "one", turned, flags=re.IGNORECASE)
    first = low.split()[0]
    if low.startswith(("we could ", "we can ", "there's ", "there is ")):
        turned = re.sub(r"^(?:we (?:could|can) (?:do|try|have|go to|see)|there(?:'s| is))\s+", "", turned, flags=re.IGNORECASE)
        first = turned.lower().split()[0]
    if first in ("he", "she", "they", "you", "it", "we", "i", "nothing", "no", "not", "anything", "whatever", "any", "something", "to", "online"):
        return None
    if len(turned.split()) > 18 or any(w in _data()["vent_words"] for w in re.findall(r"[a-z]+", low)):
        return None
    if not re.match(r"(?:the|a|an|one|someone|somebody|our|your|my|half|twenty|thirty|forty|fifty|an?|this|that|\d+)\b", turned.lower()):
        if first.endswith("ing"):
            return None
        if not _SITTING.search(low.split(",", 1)[0]):
            return None
        article = "an" if turned[:1].lower() in "aeiou" else "a"
        if re.match(r"[A-Z]", turned) and not re.match(r"(?:Phone|Video|Online|Couples?|Marriage|Free|Half|Single|Relationship)\b", turned):
            return None
        turned = f"{article} {turned[:1].lower()}{turned[1:]}"
    else:
        turned = turned[:1].lower() + turned[1:] if not turned[:2].isupper() else turned
    return Phrase(turned, "noun", field="option")


_MEDIUM = r"(?:podcast|article|video|book|episode|talk|film|documentary|blog|post|thread|reel|piece|interview|clip|youtube|ted|series|website|chapter|essay|column|quiz|leaflet|booklet|programme|show|channel|audiobook|newsletter)"


def resource(found: Resource) -> str | None:
    """The resource as it is named in a sentence: "a podcast about arguing", "the article \u201cWhy we row\u201d"."""
    title = one_line(found.title).strip(" .\"'“”")
    title = re.sub(r"\s*\([^)]*\)", "", title)
    title = re.split(r"(?<=[a-z0-9)])[.!?;](?:\s|$)|,? (?:ok )?maybe\b|, (?:but|not)\b", title, maxsplit=1)[0].strip()
    if not title:
        return "the link I'm sending you" if found.url else None
    if not _titled(title):
        title = title.split(",", 1)[0]
    low = title.lower()
    if re.match(r"\w+ \d", title):
        return title[:1].lower() + title[1:]
    if len(title.split()) > 16:
        return None
    if re.match(r"(?:a|an|the|this|that|my|our|your)\s", low) and re.search(rf"\b{_MEDIUM}s?\b", low) and not _titled(title):
        return title[:1].lower() + title[1:]
    if re.search(rf"\b{_MEDIUM}\b", low) and not _titled(title):
        article = "an" if low[0] in "aeiou" else "a"
        return f"{article} {title[:1].lower() + title[1:] if not title[:2].isupper() and not title.lower().startswith(('ted ', 'youtube', 'esther')) else title}"
    if re.match(r"(?:a|an|the|this|that)\s", title) and title[0].islower():
        return title
    return f"“{title}”"


def _titled(title: str) -> bool:
    """Whether `title` is written like a title: more than half its longer words large."""
    longer = [w for w in re.findall(r"[A-Za-z']+", title) if len(w) > 3]
    return len(longer) > 1 and sum(w[0].isupper() for w in longer) > len(longer) / 2


_GB = re.compile(
    r"£|\b(?:mum|mums|mam|nan|counsell\w+|bloody|mate|mates|whilst|telly|colour|favourite|realise\w*|organis\w+|quid|tenner|fiver"
    r"|pub|footie|flat|gp|nhs|relate|rota|holiday|knackered|reckons?|blokes?|lads?|wee|aye|cuppa|car park|fortnight|neighbour\w*"
    r"|arse|petrol|lorry|nappies|half term|solicitor|skint|tea towel|garden centre|allotment)\b",
    re.IGNORECASE,
)
_US = re.compile(
    r"\$|\b(?:mom|moms|momma|counsel(?:or|ing)|gotten|y'all|yall|color|favorite|realize\w*|organiz\w+|bucks|neighbor\w*|apartment"
    r"|vacation|check|truck|gonna|ain't|diapers|sidewalk|attorney|thanksgiving|yard|dude)\b",
    re.IGNORECASE,
)
_BRITISH = frozenset({"GB", "IE", "AU", "NZ", "ZA", "IN", "MT", "JM", "NG", "KE", "GH"})


def british(scenario: Scenario) -> bool:
    """Whether the user writes British rather than American English: by country, language tag, then words."""
    region = scenario.language.upper().partition("-")[2]
    if scenario.country or region:
        return (scenario.country or region) in _BRITISH
    told = " ".join(scenario.texts().values())
    return len(_GB.findall(told)) > len(_US.findall(told))
