"""Where the words live: finds and reads the files of `prompts/` and `examples/`.

In a checkout they lie beside the package, in a wheel inside it. Nothing is parsed before it is asked for,
because most runs need only a few of the files.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast
from zlib import crc32

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `prompts` or `examples`: inside an installed package, or beside it in a checkout."""
    packaged = _PACKAGE / f"_{name}"
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


@lru_cache(maxsize=256)
def load_text(name: str) -> str:
    """The text of `prompts/NAME`."""
    return (folder("prompts") / name).read_text(encoding="utf-8")


COMPILED = "compiled.json"
"""The data of every YAML file once more, in a form that loads twenty times as fast (`bench/compile_prompts.py`)."""
DOCUMENT_END = "\n---\n"


def first_document(text: str) -> str:
    """A data file without its examples, which stand in a second document and are for the tests alone."""
    return text.split(DOCUMENT_END, 1)[0]


@lru_cache(maxsize=1)
def _compiled() -> Mapping[str, tuple[int, Any]]:
    import json  # noqa: PLC0415  # as for yaml below

    try:
        return cast("Mapping[str, tuple[int, Any]]", json.loads(load_text(COMPILED)))
    except (OSError, ValueError):
        return {}


@lru_cache(maxsize=128)
def load_yaml(name: str) -> Any:  # noqa: ANN401  # a data file's shape is its reader's business
    """The data of the first document of `prompts/NAME`, as plain Python values; treat it as read-only.

    What was compiled of a file is used only while the file is what it was then: whoever changes the words sees
    them at once, and only pays for the parsing.
    """
    text = first_document(load_text(name))
    mark, data = _compiled().get(name, (None, None))
    return data if mark == crc32(text.encode()) else parse_yaml(text)


def parse_yaml(text: str) -> Any:  # noqa: ANN401
    """The data of a YAML text, safely."""
    import yaml  # noqa: PLC0415  # 15 ms that most runs need not pay

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506  # a safe loader


@lru_cache(maxsize=16)
def load_words(name: str) -> Mapping[str, str]:
    """A word list `prompts/NAME`: lines `right: wrong, wrong` as a mapping from each wrong to the right one.

    A line without a colon maps each of its words to itself; `#` begins a comment.
    """
    out: dict[str, str] = {}
    for line in load_text(name).splitlines():
        right, colon, rest = line.partition("#")[0].partition(":")
        right = right.strip()
        if not right:
            continue
        if colon:
            out.update((wrong.strip(), right) for wrong in rest.split(",") if wrong.strip())
        else:
            out.update((word.strip(), word.strip()) for word in right.split(",") if word.strip())
    return out
