"""The house rules that no linter knows: who may import whom, who may speak, and where words live."""

import ast
import itertools
import re

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "drafter"
ORDER = (
    "errors", "data", "text", "outcome", "scenario", "formats", "sources", "settings",
    "linear", "screen", "coercion", "helplines", "privacy", "checks", "grammar", "reading", "plan", "compose", "pipeline",
    "present", "asking", "output", "cli", "__main__",
)  # fmt: skip
"""Each may import only what stands before it; `drafter/__init__.py` gives lazily what any of them has."""

ONLY = {
    "typer": {"cli"},
    "rich": set(),
    "pydantic": set(),
    "openai": set(),
    "httpx2": set(),
    "asyncio": set(),
    "logging": set(),
    "pickle": set(),
    "socket": set(),
    "subprocess": {"output"},
    "jinja2": {"compose", "grammar", "reading", "plan", "pipeline"},
    "hypothesis": set(),
    "pytest": set(),
}
"""What only some may import."""

FILES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def room(path):
    """The module or subpackage of `drafter` that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree):
    """Every module that a file imports, anywhere in it; names of `from drafter import x` count as modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (
                [f"drafter.{alias.name}" for alias in node.names] if node.module == "drafter" else [node.module]
            )


def names(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=names)
def test_a_module_imports_only_what_stands_before_it(path):
    own = room(path)
    if own == "__init__":
        return
    assert own in ORDER, f"'{own}' has no place yet: add it to ORDER where it belongs"
    for name in imports(TREES[path]):
        parts = name.split(".")
        if parts[0] != "drafter" or len(parts) == 1 or parts[1].startswith("__version"):
            continue
        assert ORDER.index(parts[1]) <= ORDER.index(own), (
            f"{names(path)} imports drafter.{parts[1]}, which stands above it"
        )


@pytest.mark.parametrize("path", FILES, ids=names)
def test_some_libraries_have_one_door(path):
    for name in imports(TREES[path]):
        allowed = ONLY.get(name.split(".")[0])
        assert allowed is None or room(path) in allowed, f"{names(path)} imports {name}"


def calls(tree):
    """Every name or attribute path in a file, as written, like `sys.stdout`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Name):
            yield node.id


@pytest.mark.parametrize("path", FILES, ids=names)
def test_only_the_command_line_prints_reads_keys_or_exits(path):
    if room(path) == "cli":
        return
    forbidden = {"print", "input", "sys.stdout", "sys.stderr", "sys.exit", "os._exit", "exit", "quit", "breakpoint"}
    if room(path) == "__main__":
        forbidden -= {"sys.exit"}
    assert not forbidden & set(calls(TREES[path]))


@pytest.mark.parametrize("path", FILES, ids=names)
def test_only_settings_reads_the_environment(path):
    if room(path) == "settings":
        return
    assert not {"os.environ", "os.getenv", "environ", "getenv"} & set(calls(TREES[path]))


def strings(tree):
    """The string constants of a file that are no docstrings, its attributes' included."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@pytest.mark.parametrize("name", ["present", "asking"])
def test_words_for_people_live_in_prompts(name):
    for text in strings(TREES[PACKAGE / f"{name}.py"]):
        assert len(re.findall(r"[A-Za-z]{2,}", text)) < 4, f"{name}.py says {text!r}: that belongs into prompts/"


def test_every_ignored_rule_of_the_linter_says_why():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.partition("ignore = [\n")[2].partition("\n]")[0]
    assert all("#" in line for line in block.splitlines()), "an ignore without a reason"


def test_no_product_code_knows_that_it_is_tested():
    for path, tree in TREES.items():
        for text in itertools.chain(strings(tree), calls(tree)):
            assert "pytest" not in text.lower(), names(path)
            assert "PYTEST_CURRENT_TEST" not in text, names(path)
