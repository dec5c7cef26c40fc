"""The invitation, move by move: what the plan calls for, one line each, cut or filled up to its length."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from drafter.compose.pool import Candidate
from drafter.compose.thoughts import thoughts
from drafter.compose.writer import Said, Writer, reasons
from drafter.data import load_yaml
from drafter.text import count_words

_MOVES = "moves.yaml"
_FILLERS = ("hope", "question", "coaching")
_SPECIAL_ASKS = frozenset({"discernment", "legal", "later"})
_MOST_OF_OPTION = 60


def invitation(writer: Writer) -> list[Said]:
    """The lines of an invitation, in the plan's order."""
    said: list[Said] = []
    for move in writer.plan.moves:
        line = _line(writer, move)
        if line is not None:
            said.append(line)
            writer.heard(line.text)
    return _filled(writer, _cut(writer, _unrepeated(said)))


def _cut(writer: Writer, said: list[Said]) -> list[Said]:
    """Without what gives way first, until the words and lines are few enough."""
    plan = writer.plan
    for giving in load_yaml("plan.yaml")["gives_way"]:
        fit = _words(said) <= plan.most
        if fit and len(said) <= plan.lines:
            break
        # The fear keeps its answer unless the words alone are too many.
        if not (giving == "answer" and fit):
            said = [line for line in said if line.move != giving]
    return said


def _filled(writer: Writer, said: list[Said]) -> list[Said]:
    """With a line more where a bare message would be too short to be kind."""
    for filler in _FILLERS:
        if _words(said) >= writer.plan.least:
            break
        if any(line.move == filler for line in said) or (line := _line(writer, filler)) is None:
            continue
        asks = [i for i, other in enumerate(said) if other.move == "ask" and filler != "question"]
        said.insert(asks[0] if asks else len(said), line)
    return said


def _words(said: Sequence[Said]) -> int:
    return sum(count_words(line.text) for line in said)


def _unrepeated(said: Sequence[Said]) -> list[Said]:
    """Without a line of ours that only says what the user's own offer or option has said."""
    own = frozenset().union(*(thoughts(line.text) for line in said if line.move in ("offer", "what")))
    return [line for line in said if line.move not in ("answer", "question") or own.isdisjoint(thoughts(line.text))]


def _line(writer: Writer, move: str) -> Said | None:
    worded = _WORDED.get(move)
    return worded(writer) if worded else _with_phrase(writer, move)


def _fears(writer: Writer, part: str) -> tuple[Candidate, ...]:
    return writer.pool(f"fears/{writer.plan.fear}.yaml", part)


def _with_phrase(writer: Writer, move: str) -> Said | None:
    """A line around what the user told for this move."""
    phrase = writer.plan.phrases.get(move)
    if phrase is None:
        return None
    text = writer.say(move, writer.pool(_MOVES, move), phrase, most=writer.most(move))
    return Said(move, text, (phrase.field,), reasons(writer.plan.fear)[move]) if text else None


def _plain(writer: Writer, move: str, rests_on: tuple[str, ...] = ()) -> Said | None:
    text = writer.say(move, writer.pool(_MOVES, move), most=writer.most(move))
    return Said(move, text, rests_on, reasons(writer.plan.fear)[move]) if text else None


def _coaching(writer: Writer) -> Said | None:
    return _plain(writer, "coaching")


def _close(writer: Writer) -> Said | None:
    return _plain(writer, "close")


def _again(writer: Writer) -> Said | None:
    return _plain(writer, "again", ("asks_before",))


def _resource(writer: Writer) -> Said | None:
    line = _plain(writer, "resource", ("resource",))
    url = writer.plan.slots.get("resource_url")
    # A link is written, never spoken.
    return replace(line, text=f"{line.text} {url}") if line and url and "talk" not in writer.plan.flags else line


def _acknowledge(writer: Writer) -> Said | None:
    lines = _fears(writer, "acknowledge")
    text = writer.say("acknowledge", lines, most=writer.most("acknowledge")) or writer.say("acknowledge", lines)
    if text is None:
        return None
    why = reasons(writer.plan.fear)
    told = writer.plan.slots.get("told_back")
    chances = load_yaml("plan.yaml")["often"]["echo"]
    if told and writer.chance(chances[_format(writer)]):
        return Said("acknowledge", f"You said {told}. {text}", ("objection",), why["acknowledge_echo"])
    return Said("acknowledge", text, ("objection",), why["acknowledge"])


def _format(writer: Writer) -> str:
    return next(name for name in ("text", "note", "talk") if name in writer.plan.flags)


def _answer(writer: Writer) -> Said | None:
    return _to_the_fear(writer, "answer")


def _question(writer: Writer) -> Said | None:
    return _to_the_fear(writer, "question")


def _to_the_fear(writer: Writer, move: str) -> Said | None:
    text = writer.say(move, _fears(writer, move), most=writer.most(move))
    return Said(move, text, ("objection",), reasons(writer.plan.fear)[move]) if text else None


def _exit(writer: Writer) -> Said | None:
    """A way out, made for this fear about half the time, else one that fits any."""
    pools = [_fears(writer, "exit"), writer.pool(_MOVES, "exit")]
    own = writer.chance(45 if writer.texting else 55)
    if not own or writer.variant >= len(pools[0]):  # else a later variant would say the same again
        pools.reverse()
    for lines in pools:
        if text := writer.say("exit", lines, most=writer.most("exit")):
            return Said("exit", text, (), reasons(writer.plan.fear)["exit"])
    return None


def _hope(writer: Writer) -> Said | None:
    """The user's own hope where it can be said, else a general one."""
    lines, most, why = writer.pool(_MOVES, "hope"), writer.most("hope"), reasons(writer.plan.fear)
    phrase = writer.plan.phrases.get("hope")
    if phrase and (text := writer.say("hope", lines, phrase, most=most)):
        return Said("hope", text, ("want",), why["hope"])
    general = writer.say("hope", lines, most=most)
    return Said("hope", general, (), why["hope_general"]) if general else None


def _what(writer: Writer) -> Said | None:
    text = writer.say("what", writer.pool(_MOVES, "what"), most=_MOST_OF_OPTION)
    return Said("what", text, ("option",), reasons(writer.plan.fear)["what"]) if text else None


def _ask(writer: Writer) -> Said | None:
    source = "ask_text" if writer.texting else "ask"
    text = writer.say("ask", _fitting_asks(writer, writer.pool(_MOVES, source)), most=writer.most("ask"))
    if text is None:
        return None
    kept = str(writer.plan.slots.get("kept", ""))
    return Said("ask", text, ("matters",) if kept and kept in text else (), reasons(writer.plan.fear)[source])


def _fitting_asks(writer: Writer, lines: Sequence[Candidate]) -> Sequence[Candidate]:
    """The asks that this fear calls for, else those that refer to the option just named, else those without one."""
    special = writer.plan.flags & _SPECIAL_ASKS
    named = "what" in writer.plan.moves
    if special:
        fits = [c for c in lines if c.needs & special]
    else:
        fits = [c for c in lines if ("option" in c.needs) == named and not c.needs & _SPECIAL_ASKS]
        # An option that was told and can't be said counts as none here.
        fits = fits if named else [replace(c, unless=c.unless - {"option"}) for c in fits]
    if "question" in writer.plan.moves:
        # One question is enough, and the last one is the partner's.
        return [c for c in fits if "?" not in c.text] or fits
    return fits


_WORDED: Mapping[str, Callable[[Writer], Said | None]] = {
    "acknowledge": _acknowledge,
    "answer": _answer,
    "again": _again,
    "hope": _hope,
    "coaching": _coaching,
    "resource": _resource,
    "what": _what,
    "ask": _ask,
    "exit": _exit,
    "question": _question,
    "close": _close,
}
