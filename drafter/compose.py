"""The embedded engine: words a plan from the lines in `prompts/`, with no model and no network.

Deterministic: the same plan gives the same message. A line is used only where everything that it needs was
told; what the user did not give is left out, never made up.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from drafter.data import load_text, load_words, load_yaml
from drafter.grammar import Phrase
from drafter.outcome import Line, Move, Principle
from drafter.plan import Plan
from drafter.text import count_words

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_PRINCIPLES: Mapping[str, Principle] = {
    "opener": "benefit", "acknowledge": "fear", "answer": "fear", "own_part": "own_part", "hope": "benefit",
    "benefit": "benefit", "coaching": "coaching", "resource": "interest", "again": "autonomy", "ask": "once", "what": "once",
    "offer": "smaller_step", "exit": "autonomy", "question": "curiosity", "close": "autonomy",
}  # fmt: skip
# Steps of ours that the contract counts among its moves under another name.
_MOVES: Mapping[str, Move] = {"answer": "acknowledge", "again": "acknowledge", "offer": "ask", "what": "ask"}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One line that may be said, not yet worded."""

    text: str
    needs: frozenset[str]
    unless: frozenset[str]
    forms: frozenset[str]
    kinds: frozenset[str]
    cue: re.Pattern[str] | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """A worded line before it gets its place in the message."""

    move: str
    text: str
    rests_on: tuple[str, ...]
    why: str


class _Spoken:
    """A phrase as a line may use it: itself, at the start of a sentence, or with the verb that agrees with it."""

    def __init__(self, phrase: Phrase) -> None:
        self.capital = phrase.text[:1].upper() + phrase.text[1:]
        self.base = phrase.base
        self.positive = re.sub(r"^(?:not|never) ", "", phrase.text)
        one = not phrase.plural
        self.matters, self.means = ("matters", "means") if one else ("matter", "mean")
        self.stays, self.is_ = ("stays", "is") if one else ("stay", "are")
        self._text = phrase.text

    def __str__(self) -> str:
        return self._text


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # 70 ms that --help need not pay

    # Not HTML: what is made is plain text, and values are never rendered a second time.
    return Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701


_CHOICE = re.compile(r"<([^<>]*)>")


@lru_cache(maxsize=4096)
def _template(text: str) -> "Template":
    """The template behind a line: `<a|b>` becomes a choice that `pick` makes when it is rendered."""

    def choice(match: re.Match[str]) -> str:
        parts = match.group(1).split("|")
        branches = "".join(f"{{% elif n == {i} %}}{part}" for i, part in enumerate(parts))
        return f"{{% set n = pick({len(parts)}) %}}{{% if n < 0 %}}{branches}{{% endif %}}"

    return _environment().from_string(_CHOICE.sub(choice, text))


@lru_cache(maxsize=512)
def _pool(source: str, *path: str, gb: bool) -> tuple[_Candidate, ...]:
    """The lines of a file in `prompts/` under `path`, in British or American words."""
    found: Any = load_yaml(source)
    for key in path:
        found = found.get(key, ())
    return tuple(_candidate(entry, gb=gb) for entry in found)


@lru_cache(maxsize=1)
def _american() -> tuple[re.Pattern[str], Mapping[str, str]]:
    words = load_words("language/american.txt")
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), words


def _candidate(entry: str | Mapping[str, Any], *, gb: bool) -> _Candidate:
    raw: Mapping[str, Any] = {"text": entry} if isinstance(entry, str) else entry
    cue = raw.get("cue")
    text = raw["text"]
    if not gb:
        british, words = _american()
        text = british.sub(lambda m: words[m.group()], text)
    return _Candidate(
        text=text,
        needs=frozenset(raw.get("needs", ())),
        unless=frozenset(raw.get("unless", ())),
        forms=frozenset(raw.get("forms", ())),
        kinds=frozenset(raw.get("kinds", ())),
        cue=re.compile(cue) if cue else None,
        last=bool(raw.get("last")),
    )


_PASSIVE = re.compile(
    r"(?:not )?being (?:heard|believed|listened to|taken seriously|understood|asked|respected|treated|rushed|judged|talked over"
    r"|interrupted|blamed|told|made|lectured|trusted|seen|fair)\b"
)
_AT_HOME = re.compile(r"\b(?:our|the (?:kids|girls|boys|children|baby|house|twins|dog|cat|family)|kids|family)\b")


_BAD = re.compile(
    r"^i (?:\w+ )?(?:took|said|told|called|went|laughed|shouted|snapped|lied|forgot|left|promised|missed|threw|made|read|spent|brought"
    r"|sent|booked|asked|picked|pretended|ignored|shamed|cried|hid|nag|shout|snap|yell|sulk|moan|interrupt|rush|spring|push|keep|pounce"
    r"|bring|have a go|act|treat|tease|make you feel|guilt|roll|talk over|correct)\b"
)


@lru_cache(maxsize=1)
def _activities() -> re.Pattern[str]:
    """Things one does and can have more of, as they stand without an article (`prompts/plan.yaml`)."""
    words = "|".join(load_yaml("plan.yaml")["activities"].split())
    return re.compile(rf"(?:{words}|[a-z]{{3,}}ing)(?: (?:and|with|on|at|in) .*)?")


def phrase_flags(phrase: Phrase) -> set[str]:
    """What holds of a phrase by its words; lines may need it or rule it out."""
    low = phrase.text.lower()
    flags = {
        "possessed": low.startswith("your "),
        "plural": phrase.plural,
        "us": low in ("us", "we", "our marriage", "our relationship"),
        "ours": bool(_AT_HOME.match(low)),
        "base": low.startswith(("being ", "not being ")),
        "passive": bool(_PASSIVE.match(low)),
        "negative": low.startswith(("not ", "no ", "never ")),
        "other": bool(re.match(r"(?:us|me|you|the|our) ", low)),
        "determined": bool(re.match(r"(?:a|an|the|some|more|no|less) ", low)),
        "lone": " " not in low,
        "mine": low.startswith(("i ", "i'll", "i'd")),
        "long": low.count(" ") > 2,  # noqa: PLR2004
        "bad": bool(_BAD.search(low)),
        "sorry": "sorry" in low,
        "bare": " " not in low,
        "mine_all": low in ("me", "us", "i"),
        "activity": bool(_activities().fullmatch(low)),
        "plural_names": phrase.plural and not low.startswith("your "),
        "past": bool(re.match(r"(?:I|you) (?:\w+ )?(?:\w+ed|took|said|went|had|did|was|were|got|made|came|drove|sat|kept|told|gave|left|lost)\b", phrase.text)),
    }
    return {name for name, value in flags.items() if value}


@dataclass
class _Writer:
    """Chooses and words lines for one plan. One instance, one message."""

    plan: Plan
    variant: int
    gb: bool
    objection: str
    dice: random.Random = field(init=False)
    wording: random.Random = field(init=False)
    spoken: bool = False
    thoughts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        # The order in which lines are taken is the same for every variant, so that each takes another line.
        self.dice = random.Random(self.plan.seed)
        self.wording = random.Random(self.plan.seed + 104729 * self.variant)

    def pool(self, source: str, *path: str) -> tuple[_Candidate, ...]:
        """The lines under `path` of a file in `prompts/`, in this message's kind of English."""
        return _pool(source, *path, gb=self.gb)

    def say(self, move: str, pool: Sequence[_Candidate], phrase: Phrase | None = None, *, most: int = 999) -> str | None:
        """One line of `pool` that fits, worded; None where none does."""
        shortest: str | None = None
        for candidate in self._fitting(move, pool, phrase):
            text = self._worded(candidate.text, phrase)
            if count_words(text) <= most:
                return text
            if shortest is None or count_words(text) < count_words(shortest):
                shortest = text
        # None is short enough: the shortest, where it is not far too long.
        return shortest if shortest and count_words(shortest) <= most * _STRETCH else None

    def _fitting(self, move: str, pool: Sequence[_Candidate], phrase: Phrase | None) -> Iterator[_Candidate]:
        flags = self.plan.flags | (phrase_flags(phrase) if phrase else set())
        if phrase is None and move == "hope":
            flags = flags | {"own_hope"}
        if not self.spoken:
            flags = flags | {"leading"}
        fits = [
            c
            for c in pool
            if c.needs <= flags
            and not c.unless & flags
            and (bool(c.forms) == (phrase is not None))
            and (phrase is None or phrase.form in c.forms)
            and (phrase is None or not c.kinds or phrase.form != "noun" or phrase.kind in c.kinds)
            and (c.cue is None or c.cue.search(self.objection))
            and not any(flag in flags and flag not in c.needs and thought in _thoughts(c.text) for flag, thought in _BELIED)
        ]
        if move == "own_part" and phrase is None:
            fits = [c for c in fits if "no_part" in c.needs]
        # Each pool is shuffled by itself, so that a line more in one file changes no other choice.
        random.Random(self.plan.seed ^ len(move) * 7919 ^ ord(move[0]) * 31337).shuffle(fits)
        # Lines made for this very situation go before those that fit any, and a thought is not said twice.
        fits.sort(key=lambda c: (c.last, len(self.thoughts & _thoughts(c.text)), -len(c.needs & _SPECIAL) - (c.cue is not None)))
        fresh = [c for c in fits if not c.last and not self.thoughts & _thoughts(c.text)]
        turn = self.variant % len(fresh) if fresh else 0
        yield from fresh[turn:]
        yield from fresh[:turn]
        yield from (c for c in fits if c not in fresh)

    def _worded(self, text: str, phrase: Phrase | None) -> str:
        if "{" not in text and "<" not in text:
            return text
        spoken = {name: _Spoken(value) if isinstance(value, Phrase) else value for name, value in self.plan.slots.items()}
        rendered = _template(text).render(
            x=_Spoken(phrase) if phrase else None, pick=self.wording.randrange, **spoken
        )
        return _tidy(rendered)


# What is free has no price to speak of, and from a call nobody walks out.
_BELIED = (("free", "price"), ("remote", "leave"), ("remote", "travel"))
_STRETCH = 1.4
_SPECIAL = frozenset({"free", "remote", "discernment", "legal", "later", "kept", "unsure", "counted"})


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).replace(" ,", ",").replace(" .", ".").replace(" 'm ", "'m ").strip()
    return text[:1].upper() + text[1:]


def compose(plan: Plan, *, objection: str = "", variant: int = 0, gb: bool = False, name: str = "") -> tuple[Line, ...]:
    """The lines of the message that `plan` calls for.

    Args:
        plan: what to say.
        objection: the partner's words in folded form, for lines that fit only some wordings of a fear.
        variant: which of several different messages.
        gb: British spelling and idiom, else American.
        name: the partner's name, for the greeting of a note.

    """
    writer = _Writer(plan, variant, gb, objection)
    if plan.kind == "invitation":
        said = _invitation(writer)
    else:
        said = _reply(writer)
    return _laid_out(said, plan, name)


def _invitation(writer: _Writer) -> list[_Said]:
    plan = writer.plan
    said: list[_Said] = []
    for move in plan.moves:
        line = _line(writer, move)
        if line is not None:
            said.append(line)
            writer.spoken = True
            writer.thoughts |= _thoughts(line.text)
    said = _unrepeated(said)
    rules = load_yaml("plan.yaml")
    for giving in rules["gives_way"]:
        if _words(said) <= plan.most and len(said) <= plan.lines:
            break
        # The fear keeps its answer unless the words alone are too many.
        if giving == "answer" and _words(said) <= plan.most:
            continue
        said = [s for s in said if s.move != giving]
    for filler in ("hope", "question", "coaching"):
        if _words(said) >= plan.least:
            break
        if all(s.move != filler for s in said) and (line := _line(writer, filler)) is not None:
            at = next((i for i, s in enumerate(said) if s.move == "ask"), len(said)) if filler != "question" else len(said)
            said.insert(at, line)
    return said


def _words(said: Sequence[_Said]) -> int:
    return sum(count_words(s.text) for s in said)


def _unrepeated(said: list[_Said]) -> list[_Said]:
    """Without a line that only says what another has said: the user's own offer goes before ours."""
    own = frozenset().union(*(_thoughts(s.text) for s in said if s.move in ("offer", "what")))
    return [s for s in said if not (s.move in ("answer", "question") and _thoughts(s.text) & own)]


# One thought is said once, whatever the words: who chooses, who speaks first, the price, the leaving, …
_THOUGHTS = {
    "choose": re.compile(r"\b(?:you|you'd) (?:would |could |can )?(?:pick|choose|select)|choos(?:e|ing) (?:who|of who)|as much say"),
    "first": re.compile(r"\b(?:you|you'd|he|she|they) (?:would |could |can )?(?:go|speak|talk) first|my own part|say my (?:bit|part) first"),
    "call": re.compile(r"\b(?:ring|rung|call|phone)\b"),
    "price": re.compile(r"\b(?:price|cost|costs|paying|pay for)\b|[£$€]"),
    "leave": re.compile(r"\b(?:walk(?:ing)? out|we (?:get up and )?(?:leave|go)\b|out of (?:there|the door)|we're (?:off|gone))"),
    "arrange": re.compile(r"\b(?:arrang|organis|organiz|booking|i'll book|i'll sort|see to it|legwork)"),
    "travel": re.compile(r"\b(?:driv(?:e|ing)|travel\w*|foot in there|far)\b"),
    "later": re.compile(r"\b(?:till then|until then|behind you|it's over|after that|when there's room)\b"),
    "look": re.compile(r"\b(?:on your own|by yourself)\b"),
}


@lru_cache(maxsize=4096)
def _thoughts(text: str) -> frozenset[str]:
    """Which of the thoughts that should be said only once are in `text`."""
    low = text.lower()
    return frozenset(name for name, pattern in _THOUGHTS.items() if pattern.search(low))


def _line(writer: _Writer, move: str) -> _Said | None:
    plan = writer.plan
    moves, fear = load_yaml("moves.yaml"), f"fears/{plan.fear}.yaml"
    why = _reasons(plan.fear)
    text_format = "text" in plan.flags
    short = _most(move, text_format=text_format)
    phrase = plan.phrases.get(move)
    if move == "acknowledge":
        return _acknowledge(writer, fear, why, text_format=text_format)
    if move == "answer":
        text = writer.say("answer", writer.pool(fear, "answer"), most=short)
        return _Said("answer", text, ("objection",), why["answer"]) if text else None
    if move == "exit":
        own = writer.wording.randrange(100) < (45 if text_format else 55)
        pools = [writer.pool(fear, "exit"), writer.pool("moves.yaml", "exit")]
        for pool in pools if own else reversed(pools):
            if text := writer.say("exit", pool, most=short):
                return _Said("exit", text, (), why["exit"])
        return None
    if move == "question":
        text = writer.say("question", writer.pool(fear, "question"), most=short)
        return _Said("question", text, ("objection",), why["question"]) if text else None
    if move == "what":
        text = writer.say("what", writer.pool("moves.yaml", "what"), most=60)
        return _Said("what", text, ("option",), why["what"]) if text else None
    if move == "ask":
        return _ask(writer, why, text_format=text_format)
    if move == "hope":
        text = writer.say("hope", writer.pool("moves.yaml", "hope"), phrase, most=short)
        fallback = text or writer.say("hope", writer.pool("moves.yaml", "hope"), None, most=short)
        if not fallback:
            return None
        return _Said("hope", fallback, ("want",) if text and phrase else (), why["hope" if text and phrase else "hope_general"])
    if move in ("resource", "coaching", "again", "close"):
        text = writer.say(move, writer.pool("moves.yaml", move), most=short)
        if text and move == "resource" and plan.slots.get("resource_url") and "talk" not in plan.flags:
            text = f"{text} {plan.slots['resource_url']}"
        rests = {"resource": ("resource",), "again": ("asks_before",)}.get(move, ())
        return _Said(move, text, rests, why[move]) if text else None
    if phrase is None or move not in moves:
        return None
    text = writer.say(move, writer.pool("moves.yaml", move), phrase, most=short)
    return _Said(move, text, (phrase.field,), why[move]) if text else None


def _most(move: str, *, text_format: bool) -> int:
    """How many words one line of a move may have."""
    limits = load_yaml("plan.yaml")["words"]
    return int(limits["line_of_text"].get(move, 14) if text_format else limits["line"])


def _acknowledge(writer: _Writer, fear: str, why: Mapping[str, str], *, text_format: bool) -> _Said | None:
    text = writer.say("acknowledge", writer.pool(fear, "acknowledge"), most=_most("acknowledge", text_format=text_format))
    if text is None:
        text = writer.say("acknowledge", writer.pool(fear, "acknowledge"))
    if text is None:
        return None
    told = writer.plan.slots.get("told_back")
    rules = load_yaml("plan.yaml")["often"]["echo"]
    chance = rules["text" if text_format else ("note" if "note" in writer.plan.flags else "talk")]
    if told and writer.wording.randrange(100) < chance:
        return _Said("acknowledge", f"You said {told}. {text}", ("objection",), why["acknowledge_echo"])
    return _Said("acknowledge", text, ("objection",), why["acknowledge"])


def _ask(writer: _Writer, why: Mapping[str, str], *, text_format: bool) -> _Said | None:
    plan = writer.plan
    pool = writer.pool("moves.yaml", "ask_text" if text_format else "ask")
    special = plan.flags & _SHAPES
    if special:
        fits = [c for c in pool if c.needs & special]
    else:
        # After "it'd be …" the ask refers to it; an option that can't be said is asked about as if none were told.
        named = "what" in plan.moves
        fits = [c for c in pool if ("option" in c.needs) == named and not c.needs & _SHAPES]
        if not named:
            fits = [replace(c, unless=c.unless - {"option"}) for c in fits]
    if "question" in plan.moves:
        # One question is enough, and the last one is the partner's.
        fits = [c for c in fits if "?" not in c.text] or fits
    text = writer.say("ask", fits, most=_most("ask", text_format=text_format))
    if text is None:
        return None
    kept = str(plan.slots.get("kept", ""))
    return _Said("ask", text, ("matters",) if kept and kept in text else (), why["ask_text" if text_format else "ask"])


_SHAPES = frozenset({"discernment", "legal", "later"})


@lru_cache(maxsize=64)
def _reasons(fear: str) -> Mapping[str, str]:
    title = load_yaml(f"fears/{fear}.yaml")["title"] if fear not in ("silent", "clear_no") else ""
    return {
        move: _template(text).render(fear=title[:1].lower() + title[1:]) for move, text in load_yaml("why.yaml").items()
    }


def _reply(writer: _Writer) -> list[_Said]:
    """The open question, or "I heard you": whole messages of their own."""
    plan = writer.plan
    why = _reasons("silent")
    said: list[_Said] = []
    text_format = "text" in plan.flags
    most = 20 if text_format else 60
    if plan.kind == "question":
        state = "unknown" if "unknown" in plan.flags else "silent"
        said += _part(writer, "opener", writer.pool("replies.yaml", "question", state, "opener"), why["question_opener"], most)
        if not text_format:
            pool = writer.pool("replies.yaml", "question", "silent", "acknowledge")
            said += _part(writer, "acknowledge", pool, why["question_opener"], most)
        if (phrase := plan.phrases.get("benefit")) is not None:
            text = writer.say("benefit", writer.pool("replies.yaml", "question", "benefit"), phrase, most=most)
            said += [_Said("benefit", text, ("matters",), why["question_benefit"])] if text else []
        said += _part(writer, "question", writer.pool("replies.yaml", "question", "ask"), why["question_ask"], most)
        said += _part(writer, "exit", writer.pool("replies.yaml", "question", "exit"), why["question_exit"], most)
        return said
    rests = ("asks_before",) if "counted" in plan.flags else ("said_no",)
    said += _part(writer, "opener", writer.pool("replies.yaml", "respected", "opener"), why["respected_opener"], most, rests)
    said += _part(writer, "hope", writer.pool("replies.yaml", "respected", "hope"), why["respected_hope"], most)
    phrase = plan.phrases.get("own_part")
    pool = writer.pool("replies.yaml", "respected", "own_part")
    own = writer.say("own_part", pool, phrase, most=most) or writer.say("own_part", [c for c in pool if not c.forms], most=most)
    if own:
        said.append(_Said("own_part", own, ("my_part",) if phrase else (), why["respected_own_part"]))
    said += _part(writer, "exit", writer.pool("replies.yaml", "respected", "exit"), why["respected_exit"], most)
    return said


def _part(
    writer: _Writer, move: str, pool: Sequence[_Candidate], why: str, most: int, rests: tuple[str, ...] = ()
) -> list[_Said]:
    text = writer.say(move, pool, most=most)
    return [_Said(move, text, rests, why)] if text else []


# A note is written in paragraphs: the hearing, the reasons, the asking.
_PARAGRAPH = {
    "opener": 0, "acknowledge": 0, "own_part": 0, "again": 0, "answer": 0, "hope": 1, "benefit": 1, "coaching": 1,
    "resource": 1, "what": 2, "ask": 2, "offer": 2, "exit": 2, "question": 2, "close": 3,
}  # fmt: skip


def _laid_out(said: Sequence[_Said], plan: Plan, name: str) -> tuple[Line, ...]:
    """The lines with their places: joined they are the message."""
    note = "note" in plan.flags
    texts = [s.text for s in said]
    out: list[Line] = []
    if note and name:
        greeting = load_text("note_greeting.j2").strip()
        text = _template(greeting).render(name=name) + "\n\n"
        out.append(Line(text, "opener", "benefit", ("name",), _reasons("silent")["greeting"]))
    highest = 0
    for index, line in enumerate(said):
        last = index == len(said) - 1
        highest = max(highest, _PARAGRAPH[line.move])
        following = 0 if last else max(highest, _PARAGRAPH[said[index + 1].move])
        gap = "" if last else ("\n\n" if note and following > highest else " ")
        principle = _PRINCIPLES[line.move]
        if plan.kind == "respected" and line.move in ("own_part",):
            principle = "single_partner"
        elif plan.kind == "respected" or (plan.kind == "question" and line.move in ("opener", "acknowledge")):
            principle = "autonomy" if plan.kind == "respected" else "curiosity"
        move = _MOVES.get(line.move, cast("Move", line.move))
        out.append(Line(texts[index] + gap, move, principle, line.rests_on, line.why))
    return tuple(out)
