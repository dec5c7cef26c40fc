"""`drafter screen`: the hazard screen alone."""

import json as jsonlib
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from drafter import settings
from drafter.cli import terminal
from drafter.errors import Exit, InputError
from drafter.scenario import Scenario, scenario_from


def _told(help_text: str, *names: str, metavar: str | None = "TEXT") -> Any:  # noqa: ANN401  # typer's type is private
    return typer.Option(*names, help=help_text, metavar=metavar, show_default=False)


def screen(  # noqa: PLR0913  # one flag a field: the contract
    file: Annotated[str | None, typer.Argument(metavar="[FILE|-]", help="Scenarios; - is standard input.")] = None,
    *,
    objection: Annotated[str | None, _told("Your partner's words.", "--objection", "-o")] = None,
    matters: Annotated[list[str] | None, _told("What matters to your partner; repeatable.", "--matters", "-m")] = None,
    name: Annotated[str | None, _told("What you call them.")] = None,
    relationship: Annotated[str | None, _told("What they are to you, like: husband.")] = None,
    situation: Annotated[str | None, _told("Anything that helps to understand.")] = None,
    want: Annotated[str | None, _told("What you hope for.")] = None,
    my_part: Annotated[str | None, _told("Your own share, in your words.")] = None,
    appreciate: Annotated[str | None, _told("Something true and good that they do.")] = None,
    resource: Annotated[str | None, _told("An article, podcast or video: title, link, or both.")] = None,
    option: Annotated[str | None, _told("What is on offer.")] = None,
    offer: Annotated[str | None, _told("What you will take off their hands.")] = None,
    country: Annotated[str | None, _told("Two letters; picks help lines.", metavar="CODE")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read one JSON scenario a line, write one result a line, in order.")
    ] = False,
) -> None:
    """Look for signs that an invitation could harm someone; writes nothing else."""
    flags = {
        "objection": objection, "matters": matters or None, "name": name, "relationship": relationship,
        "situation": situation, "want": want, "my_part": my_part, "appreciate": appreciate, "resource": resource,
        "option": option, "offer": offer, "country": country,
    }  # fmt: skip
    told = {field: value for field, value in flags.items() if value is not None}
    if file is not None and told.keys() - {"country"}:
        raise InputError("a file and field flags were both given", "use one of the two")
    if file is None and not told and not terminal.is_terminal(sys.stdin):
        file = "-"
    if file is None and not told:
        raise InputError("nothing was told", "drafter screen FILE, - for standard input, or --situation TEXT")
    rows: Iterable[Scenario | InputError] = [scenario_from(told)] if file is None else _rows(file, jsonl=jsonl)
    raise typer.Exit(_show(rows, country or "", json=json, jsonl=jsonl))


def _rows(file: str, *, jsonl: bool) -> Iterator[Scenario | InputError]:
    from drafter import sources  # noqa: PLC0415  # --help needs none of it

    if not jsonl:
        for found in sources.load(file):
            yield found if isinstance(found, InputError) else found.scenario
        return
    for row in sources.json_lines(file):
        if isinstance(row, InputError):
            yield row
            continue
        try:
            yield scenario_from(row.values)
        except InputError as error:
            yield InputError(f"{row.place}: {error.what}", error.remedy)


def _show(rows: Iterable[Scenario | InputError], country: str, *, json: bool, jsonl: bool) -> int:
    stopped = failed = False
    whole: list[dict[str, Any]] = []
    for row in rows:
        if isinstance(row, InputError):
            failed = True
            terminal.report(row)
            result: dict[str, Any] = {"id": "", "status": "failed", "error": row.what}
        else:
            result = _result(row, country)
            stopped = stopped or bool(result["hazards"])
        if jsonl:
            terminal.emit(jsonlib.dumps(result, ensure_ascii=False) + "\n")
        elif json:
            whole.append(result)
        elif "error" not in result:
            terminal.emit(_page(result))
    if json and not jsonl:
        shown: object = whole[0] if len(whole) == 1 else whole
        terminal.emit(jsonlib.dumps(shown, ensure_ascii=False, indent=2) + "\n")
    return Exit.USAGE if failed else Exit.STOPPED if stopped else Exit.OK


def _result(scenario: Scenario, country: str) -> dict[str, Any]:
    from dataclasses import asdict  # noqa: PLC0415

    from drafter.data import load_yaml  # noqa: PLC0415
    from drafter.helplines import country_from_locale, helplines, stop_words  # noqa: PLC0415
    from drafter.screen import screen as look  # noqa: PLC0415

    hazards = look(scenario)
    where = scenario.country or country or country_from_locale(settings.locale_variables())
    if not hazards:
        note = load_yaml("ui/screen.yaml")["note"]
        return {"id": scenario.id, "status": "nothing_found", "hazards": [], "help": [], "advice": [note]}
    notice = stop_words(hazards, where)
    advice = [*notice.sentences, notice.reason, notice.emergency]
    return {
        "id": scenario.id,
        "status": "stopped",
        "hazards": [{k: v for k, v in asdict(hazard).items() if v or k != "question"} for hazard in hazards],
        "help": [asdict(line) for line in helplines(hazards, where)],
        "advice": advice,
    }


def _page(result: dict[str, Any]) -> str:
    from drafter.data import load_yaml  # noqa: PLC0415
    from drafter.text import one_line  # noqa: PLC0415

    words = load_yaml("ui/screen.yaml")
    parts = [words["heading"].format(id=one_line(result["id"]))] if result["id"] else []
    if not result["hazards"]:
        return "\n".join([*parts, words["none"]]) + "\n"
    parts += [*result["advice"], "", words["found"]]
    for hazard in result["hazards"]:
        parts.append("  - " + words["item"].format_map({**hazard, "cue": one_line(hazard["cue"])}))
        if question := hazard.get("question"):
            parts.append("    " + words["asks"].format(question=question))
    parts += ["", words["help"]]
    for line in result["help"]:
        parts.append("  " + words["line"].format_map(line))
        parts.append("    " + words["checked"].format_map(line))
    return "\n".join(parts) + "\n\n"
