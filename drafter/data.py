"""Where the words live: finds and reads the files of `prompts/` and `examples/`.

In a checkout they lie beside the package, in a wheel inside it. Nothing is parsed before it is asked for,
because most runs need only a few of the files.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `prompts` or `examples`: inside an installed package, or beside it in a checkout."""
    packaged = _PACKAGE / f"_{name}"
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


@lru_cache(maxsize=256)
def load_text(name: str) -> str:
    """The text of `prompts/NAME`."""
    return (folder("prompts") / name).read_text(encoding="utf-8")


@lru_cache(maxsize=128)
def load_yaml(name: str) -> Any:  # noqa: ANN401  # a data file's shape is its reader's business
    """The data of `prompts/NAME`, as plain Python values; treat it as read-only."""
    import yaml  # noqa: PLC0415  # 30 ms that --help and --version need not pay

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(load_text(name), Loader=loader)  # noqa: S506  # a safe loader


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
