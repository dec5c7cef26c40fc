"""The two whole messages that ask for no visit: the open question, and "I heard you"."""

from drafter.compose.writer import Said, Writer, reasons

_SOURCE = "replies.yaml"
_MOST_OF_TEXT, _MOST = 20, 60


def reply(writer: Writer) -> list[Said]:
    """The lines of an open question, or of "I heard you", by the plan's kind."""
    return _question(writer) if writer.plan.kind == "question" else _respected(writer)


def _question(writer: Writer) -> list[Said]:
    state = "unknown" if "unknown" in writer.plan.flags else "silent"
    said = _part(writer, "opener", state, "opener")
    if not writer.texting:
        said += _part(writer, "acknowledge", "silent", "acknowledge", why="question_opener")
    said += _their_side(writer)
    said += _part(writer, "question", "ask")
    return said + _part(writer, "exit", "exit")


def _their_side(writer: Writer) -> list[Said]:
    phrase = writer.plan.phrases.get("benefit")
    if phrase is None:
        return []
    text = writer.say("benefit", writer.pool(_SOURCE, "question", "benefit"), phrase, most=_most(writer))
    return [Said("benefit", text, ("matters",), reasons("silent")["question_benefit"])] if text else []


def _respected(writer: Writer) -> list[Said]:
    rests_on = ("asks_before",) if "counted" in writer.plan.flags else ("said_no",)
    said = _part(writer, "opener", "opener", rests_on=rests_on)
    said += _part(writer, "hope", "hope")
    said += _own_half(writer)
    return said + _part(writer, "exit", "exit")


def _own_half(writer: Writer) -> list[Said]:
    phrase = writer.plan.phrases.get("own_part")
    lines = writer.pool(_SOURCE, "respected", "own_part")
    text = writer.say("own_part", lines, phrase, most=_most(writer)) or writer.say(
        "own_part", [line for line in lines if not line.forms], most=_most(writer)
    )
    why = reasons("silent")["respected_own_part"]
    return [Said("own_part", text, ("my_part",) if phrase else (), why)] if text else []


def _part(writer: Writer, move: str, *path: str, why: str = "", rests_on: tuple[str, ...] = ()) -> list[Said]:
    """One line of a part of the message, or none."""
    kind = writer.plan.kind
    text = writer.say(move, writer.pool(_SOURCE, kind, *path), most=_most(writer))
    reason = reasons("silent")[why or f"{kind}_{path[-1]}"]
    return [Said(move, text, rests_on, reason)] if text else []


def _most(writer: Writer) -> int:
    return _MOST_OF_TEXT if writer.texting else _MOST
