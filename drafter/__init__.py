"""drafter: find the words to invite a reluctant partner to one visit of couples therapy.

The names of `__all__` are the Python API, which the commands themselves use. Each is imported when it is first
asked for, so that `import drafter` costs nothing.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Outcome", "Scenario", "check", "invite", "scenario_from", "variants"]

if TYPE_CHECKING:
    from drafter.checks import check
    from drafter.outcome import Outcome
    from drafter.pipeline import invite, variants
    from drafter.scenario import Scenario, scenario_from

_HOME = {
    "Outcome": "drafter.outcome",
    "Scenario": "drafter.scenario",
    "check": "drafter.checks",
    "invite": "drafter.pipeline",
    "scenario_from": "drafter.scenario",
    "variants": "drafter.pipeline",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the name stands for
    if name not in _HOME:
        raise AttributeError(f"module 'drafter' has no attribute '{name}'")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
