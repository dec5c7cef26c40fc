from drafter.asking import TERMINAL_LINE, ask
from drafter.data import load_yaml
from drafter.scenario import FIELDS, scenario_from

SCRIPT = load_yaml("questions/invite.yaml")


class Terminal:
    """A person who types these lines and then presses Ctrl-D."""

    def __init__(self, *lines):
        self.lines = list(lines)
        self.shown = ""

    def read(self):
        return self.lines.pop(0) if self.lines else ""

    def write(self, text):
        self.shown += text


def asked(*lines, **more):
    terminal = Terminal(*lines)
    return ask(terminal.read, terminal.write, **more), terminal.shown


def test_answers_are_kept_by_field_as_typed():
    answers, _ = asked("  No strangers \n", "Sundays; the roof\n")
    assert answers == {"objection": "No strangers", "matters": "Sundays; the roof"}


def test_one_question_at_a_time_each_with_its_example():
    _, shown = asked("\n")
    first, second, third = SCRIPT["ask"][:3]
    assert shown.index(first["ask"]) < shown.index(first["example"]) < shown.index(second["ask"])
    assert third["ask"] not in shown


def test_enter_passes_over_every_question():
    answers, shown = asked(*["\n"] * len(SCRIPT["ask"]))
    assert answers == {}
    assert all(question["ask"] in shown for question in SCRIPT["ask"])


def test_the_end_of_input_ends_the_questions():
    answers, shown = asked("No\n")
    assert answers == {"objection": "No"}
    assert shown.endswith("\n")


def test_what_is_known_is_not_asked():
    _, shown = asked("\n", skip={"objection"})
    assert SCRIPT["ask"][0]["ask"] not in shown


def test_an_answer_that_can_not_be_used_is_asked_again_with_the_reason():
    skip = {question["field"] for question in SCRIPT["ask"]} - {"asks_before"}
    answers, shown = asked("twice\n", "2\n", skip=skip)
    assert answers == {"asks_before": "2"}
    assert "'asks_before' is text" in shown
    assert "like: 2" in shown


def test_a_line_that_the_terminal_cut_is_never_taken():
    answers, shown = asked("x" * TERMINAL_LINE + "\n", "short\n")
    assert answers == {"objection": "short"}
    assert "its end was lost" in " ".join(shown.split())


def test_every_question_is_for_a_field_and_every_example_can_be_used():
    fields = [question["field"] for question in SCRIPT["ask"]]
    assert len(set(fields)) == len(fields)
    assert set(fields) <= set(FIELDS)
    for question in SCRIPT["ask"]:
        scenario_from({question["field"]: question["example"]}, strings=True)


def test_the_example_stands_back():
    _, shown = asked(dim=lambda text: f"<{text}>")
    assert f"<for example: {SCRIPT['ask'][0]['example']}>" in shown
