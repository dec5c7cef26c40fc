"""What the user picked to read, watch or hear, as it is named in a sentence."""

import re

from drafter.grammar.lexicon import either, pattern
from drafter.grammar.phrases import small
from drafter.scenario import Resource
from drafter.text import one_line

MAX_TITLE_WORDS = 16
_LINK = "the link I'm sending you"
_REMARK = re.compile(r"(?<=[a-z0-9)])[.!?;](?:\s|$)|,? (?:ok )?maybe\b|, (?:but|not)\b")
_OPENED = re.compile(r"(?:a|an|the|this|that|my|our|your)\s")
_NAMES = ("ted ", "youtube", "esther")
_LONG = 3


def resource(found: Resource) -> str | None:
    """The resource as it is named in a sentence: "a podcast about arguing", "the article “Why we row”"."""
    title = re.sub(r"\s*\([^)]*\)", "", one_line(found.title).strip(" .\"'“”"))
    title = _REMARK.split(title, maxsplit=1)[0].strip()
    if not title:
        return _LINK if found.url else None
    titled = _titled(title)
    if not titled:
        title = title.split(",", 1)[0]
    if re.match(r"\w+ \d", title):  # "episode 12 of …"
        return small(title)
    if len(title.split()) > MAX_TITLE_WORDS:
        return None
    return f"“{title}”" if titled else _described(title)


def _described(title: str) -> str:
    """A resource that is told of rather than titled, with its article; else in quotes."""
    low = title.lower()
    if _OPENED.match(low) and re.search(rf"\b{either('medium')}s?\b", low):
        return small(title)
    if pattern("medium").search(title):
        named = title[:2].isupper() or low.startswith(_NAMES)
        return f"{'an' if low[0] in 'aeiou' else 'a'} {title if named else small(title)}"
    if re.match(r"(?:a|an|the|this|that)\s", title):
        return title
    return f"“{title}”"


def _titled(title: str) -> bool:
    """Whether `title` is written like a title: more than half its longer words large."""
    longer = [word for word in re.findall(r"[A-Za-z']+", title) if len(word) > _LONG]
    return len(longer) > 1 and sum(word[0].isupper() for word in longer) > len(longer) / 2
