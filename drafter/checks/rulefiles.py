"""Reads rule files: their YAML, their word groups, their patterns; says file, line and column of what is wrong.

Only tests, `--rules FILE` and a checkout with edited rules come here; a check with an up-to-date index never does.
"""

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from drafter.checks.grammar import COMMON, Grammar, PatternError
from drafter.checks.rules import CATEGORIES, Compiled, Rule, RuleSet, fingerprint, ready, rule_files
from drafter.checks.signs import FIRST_WORD
from drafter.data import folder
from drafter.errors import InputError

if TYPE_CHECKING:
    import yaml

    from drafter.outcome import Severity

SEVERITIES = ("error", "warning", "hint")
KEYS = ("id", "category", "severity", "patterns", "unless", "after", "negated", "quoted", "when", "at_least",
        "function", "limits", "why", "fix", "source")  # fmt: skip
_ID = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")
_GROUP = re.compile(r"\{([a-z_]+)\}")


class Source:
    """A YAML rule file that remembers where each of its values stands."""

    def __init__(self, name: str, text: str) -> None:
        """Read the first document of `text`; `name` is how messages call the file."""
        import yaml  # noqa: PLC0415  # 25 ms that a check with an up-to-date index need not pay

        self.name = name
        self._marks: dict[tuple[object, ...], yaml.Mark] = {}
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(first_document(text))
        try:
            node = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
            raise InputError(f"{name}:{place}: {error.problem or 'this is not YAML'}", _YAML_HELP) from error
        except yaml.YAMLError as error:
            raise InputError(f"{name}:1:1: this is not YAML text", _YAML_HELP) from error
        finally:
            loader.dispose()
        self.data = self._value(node, ()) if node is not None else None

    def _value(self, node: "yaml.Node", path: tuple[object, ...]) -> Any:  # noqa: ANN401  # whatever YAML holds
        import yaml  # noqa: PLC0415  # see above

        self._marks[path] = node.start_mark
        if isinstance(node, yaml.MappingNode):
            out: dict[object, Any] = {}
            for key, value in node.value:
                name = key.value if isinstance(key, yaml.ScalarNode) else str(key.value)
                self._marks[(*path, name, "key")] = key.start_mark
                out[name] = self._value(value, (*path, name))
            return out
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, i)) for i, item in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:bool":
            return node.value.lower() in ("true", "yes", "on")
        if node.tag == "tag:yaml.org,2002:int":
            return int(node.value) if node.value.lstrip("+-").isdigit() else node.value
        return node.value

    def wrong(self, path: tuple[object, ...], what: str, remedy: str = "", shift: int = 0) -> InputError:
        """The error that `what` is wrong with the value at `path`."""
        mark = self._marks.get((*path, "key")) or self._marks.get(path)
        while mark is None and path:
            path = path[:-1]
            mark = self._marks.get(path)
        line, column = (mark.line + 1, mark.column + 1 + shift) if mark else (1, 1)
        return InputError(f"{self.name}:{line}:{column}: {what}", remedy)


_YAML_HELP = "see docs/checking.md for what a rule file looks like"
_SPLIT = re.compile(r"^---\s*$", re.MULTILINE)


def first_document(text: str) -> str:
    """The first YAML document of a rule file; its examples, after the `---`, are cut off."""
    cut = _SPLIT.search(text, 4)
    return text[: cut.start()] if cut else text


class Builder:
    """Turns sources into a rule set."""

    def __init__(self, base: RuleSet | None = None) -> None:
        """Begin with the words and rules of `base`, or with none."""
        self.vocabulary: dict[str, str] = dict(base.vocabulary) if base else {}
        self.groups: dict[str, tuple[str, ...]] = dict(base.groups) if base else {}
        self.rules: list[Rule] = list(base.rules) if base else []
        self.guards: list[Compiled] = list(base.guards) if base else []
        self.grammar = Grammar(self.groups.__getitem__, self.sign)

    def sign(self, word: str) -> str:
        """The sign of a word; a new one where it has none yet."""
        found = self.vocabulary.get(word)
        if found is None:
            found = self.vocabulary[word] = chr(FIRST_WORD + len(self.vocabulary))
        return found

    def words(self, source: Source) -> None:
        """Take the word groups of a source."""
        data = self._mapping(source)
        raw = data.get("words") or {}
        if not isinstance(raw, dict):
            raise source.wrong(("words",), "'words' is not a list of named groups", "write `name: [word, word]`")
        for name, value in raw.items():
            out: list[str] = []
            for entry in _entries(source, name, value):
                match = _GROUP.fullmatch(entry)
                if match and match.group(1) not in self.groups:
                    near = _near(match.group(1), self.groups, "name a group that comes earlier")
                    raise source.wrong(("words", name), f"there is no word group '{entry}'", near)
                out.extend(self.groups[match.group(1)] if match else inflect(entry.lower()))
            self.groups[name] = tuple(dict.fromkeys(out))
        for word in sorted(
            {w for name in raw for entry in self.groups[name] for w in entry.replace("-", " ").split()}, key=str
        ):
            if "'" not in word:
                self.sign(word)

    def _mapping(self, source: Source) -> dict[str, Any]:
        if not isinstance(source.data, dict):
            raise source.wrong((), "a rule file holds 'words', 'rules' or 'silence'", _YAML_HELP)
        for key in source.data:
            if key not in ("category", "words", "rules", "silence", "negation"):
                known = ("category", "words", "rules", "silence", "negation")
                raise source.wrong((key,), f"there is no key '{key}'", _near(key, known, _YAML_HELP))
        return source.data

    def add(self, source: Source) -> None:
        """Take the rules of a source, whose words have been taken."""
        data = self._mapping(source)
        category = data.get("category", "")
        self.guards.extend(self._patterns(source, ("negation",), data.get("negation") or []))
        silence = data.get("silence") or []
        if not isinstance(silence, list):
            raise source.wrong(("silence",), "'silence' is not a list of rule ids")
        for i, name in enumerate(silence):
            # A rule's id, or a whole category.
            left = [r for r in self.rules if name not in (r.id, r.category)]
            if len(left) == len(self.rules):
                known = [r.id for r in self.rules] + list(CATEGORIES)
                raise source.wrong(("silence", i), f"there is no rule '{name}'", _near(str(name), known, "see its id"))
            self.rules = left
        rules = data.get("rules") or []
        if not isinstance(rules, list):
            raise source.wrong(("rules",), "'rules' is not a list", _YAML_HELP)
        for i, raw in enumerate(rules):
            rule = self._rule(source, ("rules", i), raw, str(category))
            if any(r.id == rule.id for r in self.rules):
                raise source.wrong(("rules", i, "id"), f"there is already a rule '{rule.id}'", "silence it, or rename")
            self.rules.append(rule)

    def _rule(self, source: Source, path: tuple[object, ...], raw: object, category: str) -> Rule:  # noqa: C901  # one check after another
        if not isinstance(raw, dict):
            raise source.wrong(path, "a rule is a group of keys such as id, patterns, why", _YAML_HELP)
        for key in raw:
            if key not in KEYS:
                raise source.wrong(
                    (*path, key), f"a rule has no key '{key}'", _near(key, KEYS, f"keys: {', '.join(KEYS)}")
                )
        text = {key: raw.get(key, "") for key in ("id", "why", "fix", "source")}
        for key, value in text.items():
            if not isinstance(value, str) or (not value.strip() and key != "source"):
                raise source.wrong((*path, key), f"a rule needs '{key}', a text", _YAML_HELP)
        if not _ID.fullmatch(text["id"]):
            raise source.wrong((*path, "id"), f"'{text['id']}' can't be an id", "write small letters, digits, _ and .")
        category = str(raw.get("category", category))
        severity = str(raw.get("severity", "error"))
        for key, value, known in (("category", category, CATEGORIES), ("severity", severity, SEVERITIES)):
            if value not in known:
                raise source.wrong(
                    (*path, key), f"there is no {key} '{value}'", _near(value, known, f"one of: {', '.join(known)}")
                )
        if not raw.get("patterns") and not raw.get("function"):
            raise source.wrong((*path, "patterns"), f"the rule '{text['id']}' has no patterns", _YAML_HELP)
        when = raw.get("when") or []
        at_least = raw.get("at_least", 1)
        if not isinstance(at_least, int) or at_least < 1:
            raise source.wrong((*path, "at_least"), "'at_least' is a whole number from 1", _YAML_HELP)
        limits = raw.get("limits") or {}
        if not isinstance(limits, dict) or not all(isinstance(v, int) for v in limits.values()):
            raise source.wrong((*path, "limits"), "'limits' gives whole numbers by name", _YAML_HELP)
        return Rule(
            id=text["id"],
            category=category,
            severity=cast("Severity", severity),
            why=" ".join(text["why"].split()),
            fix=" ".join(text["fix"].split()),
            source=" ".join(text["source"].split()),
            patterns=self._patterns(source, (*path, "patterns"), raw.get("patterns") or []),
            unless=self._patterns(source, (*path, "unless"), raw.get("unless") or []),
            after=self._patterns(source, (*path, "after"), raw.get("after") or []),
            negated=raw.get("negated", True) is True,
            quoted=raw.get("quoted", True) is True,
            when=tuple(when if isinstance(when, list) else [when]),
            at_least=at_least,
            function=str(raw.get("function", "")),
            limits=limits,
        )

    def _patterns(self, source: Source, path: tuple[object, ...], raw: object) -> tuple[Compiled, ...]:
        if not isinstance(raw, list) or not all(isinstance(p, str) for p in raw):
            raise source.wrong(path, f"'{path[-1]}' is not a list of patterns", _YAML_HELP)
        out = []
        for i, pattern in enumerate(raw):
            try:
                out.append(self.grammar.read(pattern))
            except PatternError as error:
                match = _GROUP.search(pattern)
                near = _near(match.group(1), self.groups, _YAML_HELP) if match else _YAML_HELP
                raise source.wrong((*path, i), error.what, near, error.at) from error
        return tuple(out)

    def finish(self) -> RuleSet:
        """The rule set."""
        return ready(tuple(self.rules), self.vocabulary, self.groups, tuple(self.guards))


def _near(word: str, known: Sequence[str] | Mapping[str, object], otherwise: str) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else otherwise


_VOWELS = "aeiou"


def inflect(entry: str) -> tuple[str, ...]:
    """The forms that a group entry stands for: `walk+ out` is walk, walks, walked, walking out.

    `nag++` doubles its last letter (nagging). Only regular verbs; write the forms of others out.
    """
    stem, plus, tail = entry.partition("+")
    if not plus:
        return (entry,)
    double = tail.startswith("+")
    tail = tail.lstrip("+")
    if stem.endswith("e"):
        forms = (stem, f"{stem}s", f"{stem}d", f"{stem[:-1]}ing")
    elif stem.endswith("y") and stem[-2] not in _VOWELS:
        forms = (stem, f"{stem[:-1]}ies", f"{stem[:-1]}ied", f"{stem}ing")
    else:
        long = stem + stem[-1] if double else stem
        plural = "es" if stem.endswith(("s", "sh", "ch", "x", "z")) else "s"
        forms = (stem, f"{stem}{plural}", f"{long}ed", f"{long}ing")
    return tuple(f"{form}{tail}" for form in forms)


def _entries(source: Source, name: str, value: object) -> list[str]:
    """The entries of a word group: a text is words parted by blanks, or phrases by commas; a list is phrases."""
    lines = value if isinstance(value, list) else [value]
    out: list[str] = []
    for i, line in enumerate(lines):
        if isinstance(line, list) and all(isinstance(entry, str) for entry in line):
            out.extend(line)
        elif isinstance(line, str):
            out.extend(line.split(",") if "," in line or line is not value else line.split())
        else:
            raise source.wrong(("words", name, i), f"the group '{name}' holds something that is no text")
    return [" ".join(entry.split()) for entry in out if entry.strip()]


def from_files(files: Sequence[Path], texts: Sequence[bytes]) -> RuleSet:
    """The rules of `files`, whose contents are `texts`."""
    sources = [Source(str(file), first_document(text.decode())) for file, text in zip(files, texts, strict=True)]
    builder = Builder()
    for word in sorted(COMMON):
        if "'" not in word:
            builder.sign(word)
    for source in sources:
        builder.words(source)
    for source in sources:
        builder.add(source)
    return builder.finish()


def merge(base: RuleSet, path: str | Path) -> RuleSet:
    """`base` with the rules of the file `path`.

    Raises:
        InputError: the file can't be read, or something in it is wrong.

    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InputError(f"can't read the rule file {path}: {reason}", "give the path of a YAML file") from error
    source = Source(str(path), text)
    builder = Builder(base)
    builder.words(source)
    builder.add(source)
    return builder.finish()


def pack(rules: RuleSet, fingerprint: str) -> str:
    """The index of a rule set: one rule a line, so that a change shows as one."""

    def patterns(found: tuple[Compiled, ...]) -> list[list[object]]:
        return [[p.rarest, p.source, *p.needs] for p in found]

    def line(value: object) -> str:
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"))

    rows = [
        line([r.id, r.category, r.severity, r.why, r.fix, r.source, patterns(r.patterns), patterns(r.unless),
              patterns(r.after), r.negated, r.quoted, list(r.when), r.at_least, r.function, dict(r.limits)])
        for r in rules.rules
    ]  # fmt: skip
    words = " ".join(rules.vocabulary)
    groups = line({name: list(entries) for name, entries in rules.groups.items()})
    return (
        f'{{"of":"{fingerprint}",\n"words":{line(words)},\n"groups":{groups},\n'
        f'"guards":{line(patterns(rules.guards))},\n"rules":[\n' + ",\n".join(rows) + "\n]}\n"
    )


def write_index() -> Path:
    """Write `index.json` anew from the rule files; its path."""
    files = rule_files()
    texts = [file.read_bytes() for file in files]
    path = folder("prompts") / "rules" / "index.json"
    path.write_text(pack(from_files(files, texts), fingerprint(texts)), encoding="utf-8")
    return path


if __name__ == "__main__":
    write_index()
