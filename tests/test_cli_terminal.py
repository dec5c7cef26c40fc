"""`drafter invite` with a person at a terminal: a real pseudo-terminal, a real child process."""

import os
import select
import signal
import subprocess
import sys
import time

import pytest

from drafter.data import load_yaml
from tests.conftest import command, environment
from tests.stub import pretend

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX terminals")
SCRIPT = load_yaml("questions/invite.yaml")
PRIVATE = load_yaml("questions/safety.yaml")
_LIMIT = 30


class Person:
    """Sits at a terminal in which the program runs; `redirect` takes one of its streams elsewhere."""

    def __init__(self, *args, cwd, redirect=None, env=None, size=(24, 80)):
        import fcntl
        import struct
        import termios

        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        streams = {"stdin": slave, "stdout": slave, "stderr": slave} | (redirect or {})
        self.process = subprocess.Popen(
            command(*args), cwd=cwd, env=environment(stub=True, TERM="xterm", **(env or {})), **streams,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),  # noqa: PLW1509  # no threads here
        )  # fmt: skip
        os.close(slave)
        self.seen = ""

    def wait_for(self, text):
        """Read until `text` has been shown."""
        deadline = time.monotonic() + _LIMIT
        while text not in self.seen:
            assert self._read(deadline - time.monotonic()), f"never saw {text!r} in:\n{self.seen}"

    def type(self, text):
        os.write(self.master, text if isinstance(text, bytes) else text.encode())

    def calm(self, keys="nnnnn"):
        """Answer the private questions, with no unless told otherwise."""
        for question, key in zip(PRIVATE["questions"], keys, strict=False):
            self.wait_for(first_words(question["text"]))
            self.wait_for(PRIVATE["choice"])
            self.seen = self.seen.rpartition(PRIVATE["choice"])[2]
            self.type(key)
        return self

    def end(self):
        """Read to the end: what the terminal showed, and the exit code."""
        deadline = time.monotonic() + _LIMIT
        while self._read(deadline - time.monotonic()):
            pass
        code = self.process.wait(timeout=_LIMIT)
        os.close(self.master)
        return self.seen.replace("\r\n", "\n"), code

    def _read(self, seconds):
        ready, _, _ = select.select([self.master], [], [], max(seconds, 0))
        if not ready:
            self.process.kill()
            raise AssertionError(f"nothing more came after:\n{self.seen}")
        try:
            raw = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += raw.decode(errors="replace")
        return bool(raw)


def first_words(text):
    return text[:30]


def flat(text):
    return " ".join(text.split())


def test_the_questions_are_asked_one_by_one_and_the_answers_used(tmp_path):
    person = Person("invite", cwd=tmp_path)
    for question in SCRIPT["ask"]:
        person.wait_for(question["ask"])
        person.wait_for("> ")
        later = SCRIPT["ask"][SCRIPT["ask"].index(question) + 1 :]
        assert not any(other["ask"] in person.seen for other in later)
        person.seen = ""
        person.type({"objection": "echo\n", "name": "Sam\n", "matters": "a; b\n"}.get(question["field"], "\n"))
    shown, code = person.calm().end()
    assert code == 0
    for field in ["objection='echo'", "name='Sam'", "matters=('a', 'b')"]:
        assert field in flat(shown)
    assert list(tmp_path.iterdir()) == []


def test_the_end_of_input_skips_the_rest(tmp_path):
    person = Person("invite", cwd=tmp_path)
    person.wait_for(SCRIPT["ask"][0]["ask"])
    person.type("echo\n")
    person.wait_for(SCRIPT["ask"][1]["ask"])
    person.type("\x04")
    shown, code = person.calm().end()
    assert code == 0
    assert SCRIPT["ask"][2]["ask"] not in shown
    assert "objection='echo'" in flat(shown)


def test_what_is_no_text_is_no_crash(tmp_path):
    person = Person("invite", cwd=tmp_path)
    person.wait_for(SCRIPT["ask"][0]["ask"])
    person.type(b"echo\n")
    person.wait_for(SCRIPT["ask"][1]["ask"])
    person.type(b"caf\xe9\n")
    person.wait_for(SCRIPT["ask"][2]["ask"])
    person.type("\x04")
    shown, code = person.calm().end()
    assert code == 0
    assert "matters=('caf\ufffd',)" in flat(shown)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_a_line_that_the_terminal_cuts_is_asked_again(tmp_path):
    person = Person("invite", cwd=tmp_path)
    person.wait_for(SCRIPT["ask"][0]["ask"])
    for _ in range(10):
        person.type("word " * 100)
        person.wait_for("word " * 10)
    person.type("\n")
    person.wait_for("its end was lost")
    person.type("echo\n")
    person.wait_for(SCRIPT["ask"][1]["ask"])
    person.type("\x04")
    shown, code = person.calm().end()
    assert code == 0
    assert "objection='echo'" in flat(shown)


def test_an_interruption_is_one_line_leaves_nothing_and_is_130(tmp_path):
    person = Person("invite", "--out", "a.txt", cwd=tmp_path)
    person.wait_for(SCRIPT["ask"][0]["ask"])
    person.type("private words\n")
    person.wait_for(SCRIPT["ask"][1]["ask"])
    person.type("\x03")
    shown, code = person.end()
    assert code == 130
    assert shown.rstrip().endswith("drafter: stopped; nothing was kept")
    assert "Traceback" not in shown
    assert list(tmp_path.iterdir()) == []


def test_questions_go_to_standard_error_and_the_message_alone_to_a_pipe(tmp_path):
    person = Person("invite", cwd=tmp_path, redirect={"stdout": subprocess.PIPE})
    person.wait_for(SCRIPT["ask"][0]["ask"])
    person.type("x\n")
    person.wait_for(SCRIPT["ask"][1]["ask"])
    person.type("\x04")
    person.calm()
    out = person.process.stdout.read().decode()
    person.process.stdout.close()
    _, code = person.end()
    assert (code, out) == (0, pretend.MESSAGE + "\n")


@pytest.mark.parametrize("stream", ["stdin", "stderr"])
def test_nobody_is_asked_where_nobody_would_see_it_or_answer(tmp_path, stream):
    other = subprocess.PIPE if stream == "stderr" else subprocess.DEVNULL
    person = Person("invite", cwd=tmp_path, redirect={stream: other})
    said = person.process.stderr.read().decode() if stream == "stderr" else ""
    if said:
        person.process.stderr.close()
    shown, code = person.end()
    assert code == 2
    assert "nothing was told" in said + shown


def test_no_questions_asks_none(tmp_path):
    shown, code = Person("invite", "--no-questions", cwd=tmp_path).end()
    assert code == 2
    assert "nothing was told" in shown


def test_what_the_flags_say_is_not_asked(tmp_path):
    person = Person("invite", "--format", "text", cwd=tmp_path)
    questions = [question for question in SCRIPT["ask"] if question["field"] != "format"]
    for question in questions:
        person.wait_for(question["ask"])
        person.seen = ""
        person.type("echo\n" if question["field"] == "objection" else "\n")
    shown, code = person.calm().end()
    assert code == 0
    assert "format='text'" in flat(shown)


def test_a_bad_place_to_write_is_named_before_anything_is_asked(tmp_path):
    shown, code = Person("invite", "--out", "no/such/a.txt", cwd=tmp_path).end()
    assert code == 2
    assert "there is no folder" in shown
    assert SCRIPT["ask"][0]["ask"] not in shown


def test_a_terminal_gets_a_page(tmp_path):
    shown, code = Person("invite", "-o", "x", cwd=tmp_path).calm().end()
    assert code == 0
    assert "\x1b[1mWhy each line is there\x1b[0m" in shown
    assert "Say it when neither of you is tired." in shown


@pytest.mark.parametrize("how", [{"args": ["--no-color"]}, {"env": {"NO_COLOR": "1"}}])
def test_colour_can_be_refused(tmp_path, how):
    shown, _ = Person("invite", "-o", "x", *how.get("args", []), cwd=tmp_path, env=how.get("env")).calm().end()
    assert "Why each line is there" in shown
    assert "\x1b" not in shown


def test_quiet_is_the_message_alone_on_a_terminal_too(tmp_path):
    shown, _ = Person("invite", "-o", "x", "--quiet", "--no-questions", cwd=tmp_path).end()
    assert shown == pretend.MESSAGE + "\n"


def test_a_narrow_terminal_is_kept_to(tmp_path):
    shown, _ = Person("invite", "-o", "x", "--no-color", "--no-questions", cwd=tmp_path, size=(24, 30)).end()
    assert max(map(len, shown.splitlines())) <= 30


def test_a_stopped_page_shows_what_it_went_by_on_standard_error(tmp_path):
    person = Person("invite", "-o", "stopped", cwd=tmp_path, redirect={"stdout": subprocess.PIPE})
    out = person.process.stdout.read()
    person.process.stdout.close()
    shown, code = person.end()
    assert (code, out) == (3, b"")
    assert "“secret cue”" in shown


def test_an_interruption_while_it_starts_is_130_or_a_plain_signal(tmp_path):
    person = Person("invite", "-o", "wait", "--no-questions", cwd=tmp_path)
    person.wait_for("waiting")
    os.killpg(person.process.pid, signal.SIGINT)
    shown, code = person.end()
    assert code == 130
    assert "Traceback" not in shown


def test_five_clear_noes_let_the_draft_go_on(tmp_path):
    shown, code = Person("invite", "-o", "screened?", cwd=tmp_path).calm().end()
    assert code == 0
    assert "screened True" in shown


@pytest.mark.parametrize("keys", ["y", "ny", "nnnny", "x", "nn\r", "\x04", "nnn\x1b"])
def test_a_yes_or_no_answer_means_help_and_no_draft(tmp_path, keys):
    shown, code = Person("invite", "-o", "screened?", cwd=tmp_path).calm(keys).end()
    assert code == 3
    assert "screened" not in shown.replace("screened?", "")
    assert "0800 1" in shown
    # calm() has read up to the question that settled it; none came after.
    assert not [q for q in PRIVATE["questions"][len(keys) :] if first_words(q["text"]) in shown]


def test_a_doubt_is_asked_about_first_and_a_no_settles_it(tmp_path):
    person = Person("invite", "-o", "doubt", cwd=tmp_path)
    person.wait_for(pretend.DOUBT.question)
    person.type("n")
    shown, code = person.calm().end()
    assert code == 0
    assert "You're right about the roof." in shown


def test_a_doubt_that_is_not_settled_stops(tmp_path):
    person = Person("invite", "-o", "doubt", cwd=tmp_path)
    person.wait_for(pretend.DOUBT.question)
    person.type("y")
    shown, code = person.end()
    assert code == 3
    assert "You're right about the roof." not in shown


def test_a_hazard_in_the_words_stops_before_anything_is_asked(tmp_path):
    shown, code = Person("invite", "-o", "stopped", cwd=tmp_path).end()
    assert code == 3
    assert first_words(PRIVATE["questions"][0]["text"]) not in shown


def test_no_questions_means_unscreened(tmp_path):
    shown, code = Person("invite", "-o", "screened?", "--no-questions", cwd=tmp_path).end()
    assert code == 0
    assert "screened False" in shown
