"""`drafter check`: a second reading of a message somebody wrote."""

import json as json_
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Annotated, Any

import typer

from drafter.cli import terminal
from drafter.errors import Exit, InputError
from drafter.outcome import Finding
from drafter.scenario import Scenario, scenario_from

_MOST = 2_000_000
"""The longest message that is read, in bytes: a book, and no one's memory."""


def _told(help_text: str, *names: str, metavar: str | None = "TEXT") -> Any:  # noqa: ANN401  # typer's type is private
    return typer.Option(*names, help=help_text, metavar=metavar, show_default=False)


def check(  # noqa: PLR0913  # one flag a field: the contract
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="The message; - is standard input.")] = "-",
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
    option: Annotated[str | None, _told("What is on offer, like: one video call with Dr Lee.")] = None,
    offer: Annotated[str | None, _told("What you will take off their hands.")] = None,
    asks_before: Annotated[int | None, _told("How many times you have asked before.", metavar="NUMBER")] = None,
    said_no: Annotated[bool | None, _told("They said a clear no that still stands.", "--said-no", metavar=None)] = None,
    format: Annotated[str | None, _told("talk (to say; the default), text or note.", metavar="FORM")] = None,  # noqa: A002
    language: Annotated[str | None, _told("Language tag, like: en.", metavar="TAG")] = None,
    country: Annotated[str | None, _told("Two letters.", metavar="CODE")] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="FILE", help="Read what the message may state from a file.")
    ] = None,
    rules: Annotated[
        str | None, typer.Option(metavar="FILE", help="Your own rules, added to or silencing ours.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read one {"id", "text", "context"} a line; write one result a line.')
    ] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No bold or dim text.")] = False,
) -> None:
    """Check a message that you wrote: what in it could hurt, push or mislead."""
    from drafter.checks import RuleSet  # noqa: PLC0415  # 'check --help' needs none of it

    ruleset = RuleSet.load(rules) if rules is not None else RuleSet.standard()
    told = {
        "objection": objection, "matters": matters or None, "name": name, "relationship": relationship,
        "situation": situation, "want": want, "my_part": my_part, "appreciate": appreciate, "resource": resource,
        "option": option, "offer": offer, "asks_before": asks_before, "said_no": said_no,
        "format": format, "language": language, "country": country,
    }  # fmt: skip
    facts = _facts(scenario, {key: value for key, value in told.items() if value is not None}, message=file)
    if jsonl:
        raise typer.Exit(_lines(file, facts, ruleset))
    findings, text = _one(file, facts, ruleset)
    if json:
        terminal.emit(json_.dumps(_result(facts.id, findings), ensure_ascii=False, indent=2) + "\n")
    else:
        from drafter.cli.marked import page  # noqa: PLC0415  # JSON needs none of it

        terminal.emit(page(text, findings, terminal.look(sys.stdout, color=not no_color)))
    raise typer.Exit(_code(findings))


def _one(file: str, facts: Scenario, ruleset: Any) -> tuple[tuple[Finding, ...], str]:  # noqa: ANN401  # imported late
    from drafter import checks, sources  # noqa: PLC0415

    if file == "-" and terminal.is_terminal(sys.stdin):
        terminal.notice("Write or paste the message, then Ctrl-D on a line of its own:\n")
    text = sources.read_text(file, _MOST).replace("\r\n", "\n").removesuffix("\n")
    if not text.strip():
        raise InputError("there is no message to check", "drafter check FILE, or give it on standard input")
    return checks.check(text, facts, rules=ruleset), text


def _lines(file: str, facts: Scenario, ruleset: Any) -> Exit:  # noqa: ANN401  # imported late
    """Check one message a line; a line that can't be used gives its error in its place."""
    from drafter import checks, sources  # noqa: PLC0415

    worst = Exit.OK
    for row in sources.json_lines(file):
        try:
            if isinstance(row, InputError):
                raise row
            name, text, context = _row(row.values, facts)
            findings = checks.check(text, context, rules=ruleset)
        except InputError as error:
            worst = Exit.USAGE
            terminal.report(error)
            values = {} if isinstance(row, InputError) else row.values
            terminal.emit(_json_line({"id": values.get("id", ""), "error": error.what}))
            continue
        worst = max(worst, _code(findings))
        terminal.emit(_json_line(_result(name, findings)))
    return worst


def _row(values: Any, facts: Scenario) -> tuple[str, str, Scenario]:  # noqa: ANN401  # what a line of JSON holds
    unknown = [key for key in values if key not in ("id", "text", "context", "clean", "labels")]
    if unknown:
        raise InputError(f"a line has no '{str(unknown[0])[:40]}'", 'write {"id": …, "text": …, "context": {…}}')
    name, text, context = values.get("id", ""), values.get("text"), values.get("context")
    if not isinstance(text, str):
        raise InputError("a line needs 'text', the message", 'write {"id": …, "text": …, "context": {…}}')
    if context is not None and not isinstance(context, dict):
        raise InputError("'context' is not a group of scenario fields", 'write "context": {"objection": …}')
    return name, text, facts if context is None else scenario_from(context)


def _facts(source: str | None, told: dict[str, Any], *, message: str) -> Scenario:
    """What the message may state: a file's scenario, with the flags over it."""
    flags = scenario_from(told)
    if source is None:
        return flags
    if source == "-" and message == "-":
        raise InputError("standard input can't be both the message and the scenario", "put one of them into a file")
    from drafter.sources import load_one  # noqa: PLC0415

    return replace(load_one(source), **{field: getattr(flags, field) for field in told})


def _result(name: object, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "id": name,
        "clean": not any(f.severity == "error" for f in findings),
        "findings": [asdict(finding) for finding in findings],
    }


def _json_line(value: object) -> str:
    return json_.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _code(findings: Sequence[Finding]) -> Exit:
    return Exit.FINDINGS if any(finding.severity == "error" for finding in findings) else Exit.OK
