"""The errors that a person may meet, each with what happened and what to do about it.

Everything here ends as one or two plain sentences on standard error and an exit code of the contract.
Any other exception is a bug. Messages never carry more of the person's own words than they need.
"""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the contract."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    STOPPED = 3
    DECLINED = 4
    FAILED = 5
    INTERRUPTED = 130


class DrafterError(Exception):
    """Something went wrong that the person can do something about.

    Args:
        what: what happened, one sentence without a final full stop needed.
        remedy: what to do or write instead; may be empty.

    """

    code = Exit.USAGE

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class InputError(DrafterError):
    """A file, a row, a field or a flag that can't be used as given."""


class EngineError(DrafterError):
    """The engine that should write could not be used."""

    code = Exit.FAILED
