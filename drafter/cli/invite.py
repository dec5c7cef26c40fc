"""`drafter invite`: one scenario in, one message out."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drafter.cli import terminal
from drafter.errors import EngineError, Exit, InputError
from drafter.scenario import Scenario, scenario_from
from drafter.settings import Settings, locale_variables, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.outcome import Hazard, Outcome

_CODES = {"stopped": Exit.STOPPED, "declined": Exit.DECLINED, "failed": Exit.FAILED}
_MOST_VARIANTS = 20
# These say how to write, not what about: alone they tell nothing.
_MANNER = {"format", "language", "country"}


def _told(help_text: str, *names: str, metavar: str | None = "TEXT") -> Any:  # noqa: ANN401  # typer's type is private
    return typer.Option(*names, help=help_text, metavar=metavar, show_default=False)


def invite(  # noqa: PLR0913  # one flag a field: the contract
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
    country: Annotated[str | None, _told("Two letters; picks help lines.", metavar="CODE")] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="FILE", help="Read the fields from a file (- is standard input).")
    ] = None,
    engine: Annotated[str | None, typer.Option(metavar="NAME", help="What writes: auto, builtin or openai.")] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="The model's name, for openai.")] = None,
    base_url: Annotated[str | None, typer.Option(metavar="URL", help="The endpoint's address, for openai.")] = None,
    variants: Annotated[
        int, typer.Option(metavar="N", min=1, max=_MOST_VARIANTS, help="How many different messages, up to 20.")
    ] = 1,
    seed: Annotated[int, typer.Option(metavar="N", help="Another number, another choice of words.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print the whole outcome as JSON.")] = False,
    out: Annotated[str | None, typer.Option(metavar="FILE", help="Write to a file that only you can read.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Let --out replace a file.")] = False,
    copy: Annotated[bool, typer.Option("--copy", help="Put the message on the clipboard too.")] = False,
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="Print exactly what would leave this machine; send nothing.")
    ] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No bold or dim text.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Nothing but the message, and errors.")] = False,
    no_questions: Annotated[bool, typer.Option("--no-questions", help="Never ask, not even in a terminal.")] = False,
) -> None:
    """Draft an invitation to say, send or leave as a note."""
    told = {
        "objection": objection, "matters": matters or None, "name": name, "relationship": relationship,
        "situation": situation, "want": want, "my_part": my_part, "appreciate": appreciate, "resource": resource,
        "option": option, "offer": offer, "asks_before": asks_before, "said_no": said_no,
        "format": format, "language": language, "country": country,
    }  # fmt: skip
    settings = _settings(engine, model, base_url)
    path = None if out is None else Path(out)
    output = _Output(variants, json, path, force, copy, not no_color, quiet)
    output.check()
    given = _scenario(scenario, {key: value for key, value in told.items() if value is not None}, ask=not no_questions)
    if show_prompt:
        output.say("show_prompt")
        return
    from drafter import pipeline  # noqa: PLC0415  # 'invite --help' needs none of it

    hazards, screened = _screened(given, ask=not no_questions)
    made = pipeline.variants(given, variants, seed, hazards=hazards, screened=screened)
    if made[0].status == "stopped" and not given.country:
        from drafter.helplines import country_from_locale  # noqa: PLC0415

        # The locale may know where the person is; it picks the lines to call, and nothing else.
        made = [pipeline.stopped(made[0], made[0].hazards, country_from_locale(locale_variables()))]
    if settings.has_endpoint:
        output.say("endpoint_unused")
    output.deliver(made)
    raise typer.Exit(max(map(_code, made)))


def _code(outcome: "Outcome") -> Exit:
    return _CODES.get(outcome.status, Exit.OK)


def _screened(scenario: Scenario, *, ask: bool) -> "tuple[tuple[Hazard, ...], bool]":
    """What speaks against a draft, and whether the private questions were asked and answered with no.

    Where the words alone show a hazard, nothing is asked: there will be no draft. A doubt is settled by a clear no.
    """
    from drafter import pipeline  # noqa: PLC0415

    found = pipeline.hazards_of(scenario)
    if not ask or not terminal.can_ask() or any(hazard.severity != "ask" for hazard in found):
        return found, False
    from drafter.asking import private  # noqa: PLC0415
    from drafter.screen import answered  # noqa: PLC0415

    answers, doubts = private(terminal.key_reader(), terminal.notice, [hazard for hazard in found if hazard.question])
    if doubts:
        return doubts, False
    # The first answer that is no clear no ended the questions: what was not asked is no sign of anything.
    settled = next((name for name, answer in answers.items() if answer is not False), "")
    hazards = answered((), {name: answer if name == settled else False for name, answer in answers.items()})
    return hazards, not hazards


def _settings(engine: str | None, model: str | None, base_url: str | None) -> Settings:
    """The settings, refused where they ask for what this version can't do."""
    settings = resolve({"engine": engine, "model": model, "base_url": base_url})
    if settings.engine == "openai" or (settings.engine == "auto" and (model or base_url)):
        remedy = "use --engine builtin: it writes on this machine, without a model"
        raise EngineError("this version can't write through an endpoint yet", remedy)
    return settings


def _scenario(source: str | None, told: dict[str, Any], *, ask: bool) -> Scenario:
    """What was told: by a file, with the flags over it; or by the flags alone; or asked for."""
    flags = _flags(told)
    if source is not None:
        from drafter.sources import load_one  # noqa: PLC0415

        return _over(load_one(source), flags, told)
    if told.keys() - _MANNER:
        return flags
    if not ask or not terminal.can_ask():
        remedy = 'drafter invite -o "their words", or --scenario FILE (- reads standard input)'
        raise InputError("nothing was told, and there is nobody to ask", remedy)
    from drafter.asking import ask as ask_for  # noqa: PLC0415

    answers = ask_for(terminal.line_reader(), terminal.notice, skip=told.keys(), dim=terminal.look(sys.stderr).dim)
    return _over(scenario_from(answers, strings=True), flags, told)


def _flags(told: dict[str, Any]) -> Scenario:
    for field, value in told.items():
        try:
            scenario_from({field: value})
        except InputError as error:
            raise InputError(f"--{field.replace('_', '-')}: {error.what}", error.remedy) from None
    return scenario_from(told)


def _over(scenario: Scenario, flags: Scenario, told: dict[str, Any]) -> Scenario:
    changes: dict[str, Any] = {field: getattr(flags, field) for field in told}
    return replace(scenario, **changes)


@dataclass(frozen=True, slots=True)
class _Output:
    """Where the outcome goes, as the flags have it."""

    variants: int
    json: bool
    out: Path | None
    force: bool
    copy: bool
    color: bool
    quiet: bool

    def check(self) -> None:
        """Refuse what can't be done before anything is asked or drafted."""
        if self.copy and self.variants > 1:
            raise InputError("--copy takes one message, --variants makes several", "leave one of the two out")
        if self.out:
            from drafter.output import check_writable  # noqa: PLC0415

            check_writable(self.out, force=self.force)

    def say(self, name: str, **values: object) -> None:
        """Show a notice, unless none are wanted."""
        if not self.quiet:
            from drafter import present  # noqa: PLC0415

            terminal.notice(present.notice(name, **values) + "\n")

    def deliver(self, outcomes: "Sequence[Outcome]") -> None:
        """Show, write and copy what was made, and say beside it what it is where that is not plain."""
        self._explain(max(outcomes, key=_code))
        if self.out:
            self._write(self.out, outcomes)
        elif text := self._text(outcomes):
            terminal.emit(text)
        if self.copy:
            self._copy(outcomes[0])

    def _text(self, outcomes: "Sequence[Outcome]") -> str:
        from drafter import present  # noqa: PLC0415

        if self.json:
            return present.as_json(outcomes, lines=self.variants > 1)
        plain = present.messages(outcomes)
        # Quiet means the message alone, at a terminal as well as in a pipe.
        if self.quiet or not plain or not terminal.is_terminal(sys.stdout):
            return plain
        return present.page(outcomes, terminal.look(sys.stdout, color=self.color))

    def _explain(self, outcome: "Outcome") -> None:
        from drafter import present  # noqa: PLC0415

        # Help, refusals and failures are no notices: --quiet does not silence them.
        if (self.quiet or self.json) and outcome.status in ("question", "respected"):
            return
        look = terminal.look(sys.stderr, color=self.color)
        terminal.notice(present.aside(outcome, look, cues=terminal.is_terminal(sys.stderr)))

    def _write(self, path: Path, outcomes: "Sequence[Outcome]") -> None:
        from drafter import output, present  # noqa: PLC0415

        kept = [outcome.without_private() for outcome in outcomes]
        text = present.as_json(kept, lines=self.variants > 1) if self.json else present.messages(kept)
        if not text:
            self.say("nothing_saved", path=path)
            return
        output.write_private(path, text, force=self.force)
        self.say("saved", path=path)

    def _copy(self, outcome: "Outcome") -> None:
        from drafter import output, present  # noqa: PLC0415

        text = present.message(outcome)
        if not text:
            self.say("nothing_copied")
        elif output.copy(text):
            self.say("copied")
        else:
            self.say("not_copied", tools=", ".join(command[0] for command in output.CLIPBOARDS))
