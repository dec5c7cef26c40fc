"""Findings for a person: the message with the words marked, and beneath it why and what instead."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from drafter.data import load_yaml
from drafter.outcome import Finding
from drafter.present import Look
from drafter.text import clean, one_line

_LONGEST_QUOTE = 60


def page(message: str, findings: Sequence[Finding], look: Look) -> str:
    """The page for a terminal; plain text where `look` has no colour. The message is cleaned of control codes."""
    words: Mapping[str, Any] = load_yaml("ui/check.yaml")
    lines = [
        textwrap.fill(line, look.columns, replace_whitespace=False, break_on_hyphens=False) if not look.color else line
        for line in _marked(message, findings, look).split("\n")
    ]
    out = ["\n".join(lines), ""]
    if not findings:
        out.append(words["nothing"])
    for number, finding in enumerate(findings, 1):
        out.extend(_reason(number, finding, len(message), words, look))
    return "\n".join(out).rstrip("\n") + "\n"


def _reason(number: int, finding: Finding, length: int, words: Mapping[str, Any], look: Look) -> list[str]:
    quote = one_line(finding.quote)
    if finding.end - finding.start >= length or not quote:
        quote = words["whole"]
    elif len(quote) > _LONGEST_QUOTE:
        quote = f"{quote[: _LONGEST_QUOTE - 1].rstrip()}\u2026"
    told = f"{finding.rule}, {words['severity'][finding.severity]}"
    head = f"{number}. {look.bold(quote)}  {look.dim(told)}"
    return [
        head,
        textwrap.fill(finding.why, look.columns, initial_indent="   ", subsequent_indent="   "),
        textwrap.fill(
            f"{words['instead']}: {finding.fix}", look.columns, initial_indent="   ", subsequent_indent="   "
        ),
        "",
    ]


def _marked(message: str, findings: Sequence[Finding], look: Look) -> str:
    """The message with each marked stretch bold, or in brackets where nothing can be bold, and its numbers."""
    out: list[str] = []
    at = 0
    for start, end, numbers in _stretches(message, findings):
        words = clean(message[start:end])
        label = ",".join(map(str, numbers))
        out.append(clean(message[at:start]))
        out.append(f"{look.bold(words)}{look.dim(f'({label})')}" if look.color else f"[{words}]({label})")
        at = end
    out.append(clean(message[at:]))
    return "".join(out)


def _stretches(message: str, findings: Sequence[Finding]) -> list[tuple[int, int, list[int]]]:
    """Stretches to mark, with the numbers of the findings on each; one on the whole message marks nothing."""
    out: list[tuple[int, int, list[int]]] = []
    for number, finding in enumerate(findings, 1):
        if finding.end - finding.start >= len(message) or finding.start >= finding.end:
            continue
        if out and finding.start < out[-1][1]:
            start, end, numbers = out[-1]
            out[-1] = (start, max(end, finding.end), [*numbers, number])
        else:
            out.append((finding.start, finding.end, [number]))
    return out
