"""How the program is set up: flags, then the environment, then the person's config file, resolved once.

The only module that reads the environment. Keys come from the environment alone and show in no `repr`.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, cast

from drafter.errors import InputError
from drafter.text import one_line

Engine = Literal["auto", "builtin", "openai"]
ENGINES: tuple[Engine, ...] = ("auto", "builtin", "openai")

_VARIABLES = {
    "engine": ("DRAFTER_ENGINE",),
    "model": ("DRAFTER_MODEL",),
    "base_url": ("DRAFTER_BASE_URL", "OPENAI_BASE_URL"),
    "api_key": ("OPENAI_API_KEY",),
}
_MAX_FILE = 100_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What was configured.

    Attributes:
        engine: `auto`, `builtin` or `openai`.
        model: the model's name at the endpoint; empty where none was given.
        base_url: the endpoint's address; empty where none was given.
        api_key: the endpoint's key.

    """

    engine: Engine = "auto"
    model: str = ""
    base_url: str = ""
    api_key: str = field(default="", repr=False)

    @property
    def has_endpoint(self) -> bool:
        """Whether an endpoint is configured, so that `auto` may use it."""
        return bool(self.base_url or self.api_key)


def resolve(flags: Mapping[str, str | None], environ: Mapping[str, str] | None = None) -> Settings:
    """The settings that hold: a flag before a variable before the config file; an empty one counts as not given.

    Args:
        flags: `engine`, `model` and `base_url` as given on the command line, None where not.
        environ: the environment; the process's own by default.

    Raises:
        InputError: a value that is none, or a config file that can't be used; names where it stands.

    """
    environ = os.environ if environ is None else environ
    values = {name: (value, str(path)) for path in _paths(environ) for name, value in _file(path).items()}
    for name, variables in _VARIABLES.items():
        for variable in variables:
            if value := environ.get(variable, "").strip():
                values[name] = (value, variable)
                break
        if value := (flags.get(name) or "").strip():
            values[name] = (value, "--" + name.replace("_", "-"))
    return Settings(**{name: _checked(name, value, origin) for name, (value, origin) in values.items()})


def wants_color(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the environment lets a terminal be coloured: neither `NO_COLOR` nor a dumb terminal."""
    environ = os.environ if environ is None else environ
    return not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def columns(environ: Mapping[str, str] | None = None) -> int:
    """The width that `COLUMNS` asks for; 0 where it says nothing."""
    asked = (os.environ if environ is None else environ).get("COLUMNS", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0  # noqa: PLR2004


def locale_variables(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables that tell a person's locale, as far as they are set: a hint at the country, no setting of ours."""
    environ = os.environ if environ is None else environ
    return {name: environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)}


def _checked(name: str, value: str, origin: str) -> Any:  # noqa: ANN401  # a literal or a text
    if name == "engine" and value not in ENGINES:
        raise InputError(
            f"{origin}: there is no engine '{one_line(value)[:40]}'", f"write one of: {', '.join(ENGINES)}"
        )
    if name == "base_url" and not value.startswith(("http://", "https://")):
        raise InputError(f"{origin}: this is not an endpoint's address", "write it like http://localhost:11434/v1")
    return cast("Engine", value) if name == "engine" else value


def config_path(environ: Mapping[str, str] | None = None) -> Path | None:
    """Where the person's config file lies, whether or not there is one; None where they have no home folder."""
    environ = os.environ if environ is None else environ
    try:
        if sys.platform == "win32":
            folder = Path(environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
        elif sys.platform == "darwin":
            folder = Path.home() / "Library" / "Application Support"
        else:
            folder = Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    except RuntimeError:
        return None
    return folder / "drafter" / "config.toml"


def _paths(environ: Mapping[str, str]) -> list[Path]:
    path = config_path(environ)
    return [path] if path and path.is_file() else []


def _file(path: Path) -> dict[str, str]:
    import tomllib  # noqa: PLC0415  # most people have no config file

    try:
        if path.stat().st_size > _MAX_FILE:
            raise InputError(f"{path}: this is too large for a config file", "keep only settings in it")
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror})", "check whose file it is, and its mode") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: this is not UTF-8 text", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        what, line = _toml_error(str(error), text)
        raise InputError(
            f"{path}:{line}: this is not TOML ({what})", 'write settings like: engine = "builtin"'
        ) from None
    for name, value in data.items():
        _check_entry(name, value, f"{path}:{_line_of(name, text)}")
    return {name: value.strip() for name, value in data.items() if value.strip()}


def _toml_error(message: str, text: str) -> tuple[str, str]:
    """What `tomllib` complains about, and the line it names in its sentence; the last where it names none."""
    what, _, where = message.partition(" (at ")
    line = where.removeprefix("line ").partition(",")[0]
    return one_line(what), line if line.isdigit() else str(max(len(text.splitlines()), 1))


def _line_of(name: str, text: str) -> int:
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.strip().strip("[\"'").startswith(name)), 1)


def _check_entry(name: str, value: object, place: str) -> None:
    if "key" in name.lower():
        raise InputError(f"{place}: a key does not belong into a file", "set OPENAI_API_KEY instead")
    known = [item.name for item in fields(Settings) if item.name != "api_key"]
    if name not in known:
        from difflib import get_close_matches  # noqa: PLC0415

        near = get_close_matches(name.lower().replace("-", "_"), known, n=1, cutoff=0.5)
        remedy = f"did you mean '{near[0]}'?" if near else f"the settings are: {', '.join(known)}"
        raise InputError(f"{place}: there is no setting '{one_line(name)[:40]}'", remedy)
    if not isinstance(value, str):
        raise InputError(f"{place}: '{name}' is not a text", f'write it in quotes, like: {name} = "…"')
