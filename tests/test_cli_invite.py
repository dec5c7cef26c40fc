"""`drafter invite` in a child process: where everything goes, and with which exit code."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, command, environment
from tests.stub import pretend

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")

# Status, standard output and exit code ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "code", "out"),
    [
        ("anything", 0, pretend.MESSAGE + "\n"),
        ("question", 0, pretend.MESSAGE + "\n"),
        ("respected", 0, pretend.MESSAGE + "\n"),
        ("stopped", 3, ""),
        ("declined", 4, pretend.MESSAGE + "\n"),
        ("declined-empty", 4, ""),
        ("failed", 5, ""),
        ("failed-empty", 5, ""),
        ("engine", 5, ""),
    ],
)
def test_a_pipe_gets_the_message_alone_and_the_status_its_exit_code(run, word, code, out):
    done = run("invite", "-o", word)
    assert (done.code, done.out) == (code, out)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("question", "This is a question, not an invitation yet"),
        ("respected", "They have said no"),
        ("stopped", "No message this time."),
        ("stopped", "A line: 0800 1 (day and night)\n    https://line.example (checked 2026-11-01)"),
        ("stopped", "One question first: Are you ever afraid?"),
        ("declined", "A threat is not written here."),
        ("declined", "What could honestly be said instead is below."),
        ("failed", "This one is not ready to be sent"),
        ("failed", "Would you come once?"),
        ("failed", "“You”: A bit long. Better: Shorter."),
        ("failed-empty", "Say it when neither of you is tired."),
        ("engine", "drafter: the engine is away\n  try: wait for it\n"),
    ],
)
def test_what_has_to_be_said_beside_it_goes_to_standard_error(run, word, said):
    err = run("invite", "-o", word).err
    assert said in err or said in " ".join(err.split())


def test_a_plain_draft_says_nothing_beside_itself(run):
    assert run("invite", "-o", "x").err == ""


def test_cues_of_a_stopped_scenario_stay_out_of_redirected_errors(run):
    done = run("invite", "-o", "stopped")
    assert "secret cue" not in done.out + done.err
    assert "never shown" not in done.out + done.err


def test_quiet_silences_notices_but_neither_help_nor_errors(run):
    assert run("invite", "-o", "question", "--quiet").err == ""
    assert "0800 1" in run("invite", "-o", "stopped", "-q").err
    assert "drafter:" in run("invite", "-o", "engine", "-q").err


# JSON and variants ------------------------------------------------------------------------------------


def test_json_is_one_whole_indented_outcome(run):
    done = run("invite", "-o", "x", "--json")
    data = json.loads(done.out)
    assert done.out.startswith('{\n  "id"')
    assert list(data) == [
        "id", "status", "message", "format", "language", "lines", "turns", "reading", "findings", "hazards", "help",
        "advice", "engine", "version",
    ]  # fmt: skip
    assert data["lines"][0]["from"] == ["objection"]
    assert "".join(line["text"] for line in data["lines"]) == data["message"]


def test_json_has_what_a_stopped_outcome_went_by(run):
    done = run("invite", "-o", "stopped", "--json")
    assert done.code == 3
    assert json.loads(done.out)["hazards"][0]["cue"] == "secret cue"


def test_variants_are_numbered_and_apart(run):
    done = run("invite", "-o", "x", "--variants", 3, "--seed", 7)
    assert [part.split("\n")[0] for part in done.out.split("\n\n") if part[0].isdigit()] == ["1.", "2.", "3."]
    assert "once (7.2)" in done.out


def test_variants_as_json_are_one_compact_outcome_a_line(run):
    lines = run("invite", "-o", "x", "--variants", 3, "--json").out.splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["drafted"] * 3
    assert lines[0].startswith('{"id":"')


def test_one_outcome_where_variants_were_asked_for_is_still_a_line(run):
    done = run("invite", "-o", "stopped", "--variants", 3, "--json")
    assert (done.code, len(done.out.splitlines())) == (3, 1)


def test_notices_stay_away_from_json(run):
    assert run("invite", "-o", "question", "--json").err == ""


def test_seed_reaches_the_engine(run):
    assert "once (5.0)" in run("invite", "-o", "x", "--seed", 5).out


@pytest.mark.parametrize("count", ["0", "21", "x"])
def test_variants_are_one_to_twenty(run, count):
    done = run("invite", "-o", "x", "--variants", count)
    assert done.code == 2
    assert "--variants" in done.err


# The scenario: flags, files, flags over files ---------------------------------------------------------

FLAGS = {
    "--matters": "matters=('v',)",
    "-m": "matters=('v',)",
    "--name": "name='v'",
    "--relationship": "relationship='v'",
    "--situation": "situation='v'",
    "--want": "want='v'",
    "--my-part": "my_part='v'",
    "--appreciate": "appreciate='v'",
    "--resource": "resource=Resource(title='v', url='')",
    "--option": "option='v'",
    "--offer": "offer='v'",
}


@pytest.mark.parametrize(("flag", "field"), FLAGS.items())
def test_each_field_has_its_flag(run, flag, field):
    assert field in run("invite", "-o", "echo", flag, "v").out


@pytest.mark.parametrize("flag", ["-o", "--objection"])
def test_the_objection_has_a_long_and_a_short_flag(run, flag):
    assert "objection='echo'" in run("invite", flag, "echo").out


def test_flags_that_are_no_texts(run):
    flags = ["--asks-before", 2, "--said-no", "--format", "note", "--language", "en-GB", "--country", "gb"]
    out = run("invite", "-o", "echo", "-m", "a; b", "-m", "c", *flags).out
    for field in ["asks_before=2", "said_no=True", "format='note'", "language='en-GB'", "country='GB'"]:
        assert field in out
    assert "matters=('a; b', 'c')" in out


@pytest.mark.parametrize(
    ("args", "what", "remedy"),
    [
        (["--format", "txt"], "--format: 'format' can't be 'txt'", "did you mean 'text'?"),
        (["--language", "not a tag"], "--language: 'language' is not a language tag", "like: en"),
        (["--country", "Britain"], "--country: 'country' is not a country code", "two letters"),
        (["--asks-before", "-1"], "--asks-before: 'asks_before' is -1", "0 or more"),
        (["--objection", "x" * 8001], "'objection' is 8,001 characters long", "nothing was cut"),
        (["--engine", "gpt"], "--engine: there is no engine 'gpt'", "auto, builtin, openai"),
        (["--base-url", "localhost"], "--base-url: this is not an endpoint's address", "http://"),
        (["--scenario", "nowhere.yaml"], "there is no file 'nowhere.yaml'", "check the name"),
        (["--scenario", "."], "'.' is a folder", "give one file"),
        (["--copy", "--variants", "2"], "--copy takes one message", "leave one"),
        ([], "nothing was told, and there is nobody to ask", "--scenario FILE"),
        (["--format", "text"], "nothing was told", "--scenario FILE"),
    ],
)
def test_a_mistake_gets_a_sentence_a_remedy_and_exit_code_2(run, args, what, remedy):
    done = run("invite", *args)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("drafter: ")
    assert what in done.err
    assert remedy in done.err.splitlines()[1]
    assert done.err.splitlines()[1].startswith("  try: ")


@pytest.mark.parametrize("args", [["--objectoin", "x"], ["--asks-before", "two"], ["--seed", "x"], ["extra"], ["-o"]])
def test_wrong_usage_is_exit_code_2(run, args):
    done = run("invite", *args)
    assert (done.code, done.out) == (2, "")
    assert "Error: " in done.err


def test_a_file_and_flags_over_it(run, tmp_path):
    (tmp_path / "a.yaml").write_text("objection: echo\nname: Sam\nmatters: [a]\nasks_before: 2\n")
    out = run("invite", "--scenario", "a.yaml", "--name", "Kim", "-m", "b").out
    assert "name='Kim'" in out
    assert "matters=('b',)" in out
    assert "asks_before=2" in out
    assert "id='a'" in out


def test_standard_input_is_read_for_a_dash(run):
    assert "name='Sam'" in run("invite", "--scenario", "-", stdin='{"objection": "echo", "name": "Sam"}').out


def test_standard_input_is_not_touched_without_a_dash():
    read, write = os.pipe()
    try:
        # Nobody ever writes: a program that read it would wait for ever.
        process = subprocess.run(
            command("invite"), stdin=read, capture_output=True, env=environment(stub=True), timeout=20, check=False
        )
    finally:
        os.close(read)
        os.close(write)
    assert process.returncode == 2
    assert b"nothing was told" in process.stderr


def test_an_empty_objection_is_a_scenario(run):
    assert run("invite", "-o", "").code == 0


def test_bad_rows_of_a_file_are_named(run, tmp_path):
    (tmp_path / "a.yaml").write_text("objection: a\nasks_before: two\n")
    done = run("invite", "--scenario", "a.yaml")
    assert done.code == 2
    assert "a.yaml:2: 'asks_before' is text" in done.err


# Engines ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("args", [["--engine", "openai"], ["--model", "m"], ["--base-url", "http://localhost:1/v1"]])
def test_an_endpoint_is_refused_with_a_remedy_until_there_is_one(run, args):
    done = run("invite", "-o", "x", *args)
    assert (done.code, done.out) == (5, "")
    assert "--engine builtin" in done.err


def test_the_engine_of_the_environment_holds_and_a_flag_goes_before_it(run):
    assert run("invite", "-o", "x", env={"DRAFTER_ENGINE": "openai"}).code == 5
    assert run("invite", "-o", "x", "--engine", "builtin", env={"DRAFTER_ENGINE": "openai"}).code == 0
    assert "DRAFTER_ENGINE: there is no engine 'x'" in run("invite", "-o", "x", env={"DRAFTER_ENGINE": "x"}).err


def test_a_configured_endpoint_that_goes_unused_is_named(run):
    done = run("invite", "-o", "x", env={"OPENAI_API_KEY": "sk-secret"})
    assert done.code == 0
    assert "An endpoint is configured" in done.err
    assert "sk-secret" not in done.err
    assert run("invite", "-o", "x", "-q", env={"OPENAI_API_KEY": "sk-secret"}).err == ""


def test_show_prompt_sends_nothing_and_says_so(run):
    done = run("invite", "-o", "engine", "--show-prompt")
    assert (done.code, done.out) == (0, "")
    assert "Nothing would leave it" in done.err


# Files ------------------------------------------------------------------------------------------------


def test_out_writes_a_private_file_and_nothing_else(run, tmp_path):
    done = run("invite", "-o", "x", "--out", "note.txt")
    assert (done.code, done.out) == (0, "")
    assert "note.txt" in done.err
    assert (tmp_path / "note.txt").read_text() == pretend.MESSAGE + "\n"
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "note.txt").stat().st_mode) == 0o600


def test_out_never_replaces_without_force(run, tmp_path):
    (tmp_path / "note.txt").write_text("mine")
    done = run("invite", "-o", "x", "--out", "note.txt")
    assert done.code == 2
    assert "add --force" in done.err
    assert (tmp_path / "note.txt").read_text() == "mine"
    assert run("invite", "-o", "x", "--out", "note.txt", "--force").code == 0
    assert (tmp_path / "note.txt").read_text() == pretend.MESSAGE + "\n"


def test_out_of_a_stopped_scenario_holds_no_word_of_it(run, tmp_path):
    done = run("invite", "-o", "stopped", "--out", "a.txt")
    assert done.code == 3
    assert "Nothing was written" in done.err
    assert list(tmp_path.iterdir()) == []
    assert run("invite", "-o", "stopped", "--json", "--out", "a.json").code == 3
    written = (tmp_path / "a.json").read_text()
    assert "secret" not in written
    assert "never shown" not in written
    assert json.loads(written)["hazards"] == [{"kind": "ipv_fear", "severity": "ask", "cue": ""}]


def test_out_to_a_bad_place_fails_before_anything_is_drafted(run):
    done = run("invite", "-o", "engine", "--out", "no/such/folder.txt")
    assert done.code == 2
    assert "there is no folder" in done.err


# The clipboard ----------------------------------------------------------------------------------------


@posix
def test_copy_hands_the_message_to_the_first_clipboard(run, tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("xclip", "xsel"):
        (tools / name).write_text(f"#!/bin/sh\nexec /bin/cat > {tmp_path}/{name}.got\n")
        (tools / name).chmod(0o755)
    done = run("invite", "-o", "x", "--copy", env={"PATH": str(tools)})
    assert (done.code, done.out) == (0, pretend.MESSAGE + "\n")
    assert "Copied" in done.err
    assert (tmp_path / "xclip.got").read_text() == pretend.MESSAGE
    assert not (tmp_path / "xsel.got").exists()


def test_copy_says_where_there_is_no_clipboard(run, tmp_path):
    done = run("invite", "-o", "x", "--copy", env={"PATH": str(tmp_path)})
    assert (done.code, done.out) == (0, pretend.MESSAGE + "\n")
    assert "no clipboard was reached" in done.err


def test_copy_of_a_stopped_scenario_copies_nothing(run, tmp_path):
    assert "Nothing was copied" in run("invite", "-o", "stopped", "--copy", env={"PATH": str(tmp_path)}).err


# Standard output that can't be written -----------------------------------------------------------------


def shell(script, word="x", **more):
    program = " ".join(command("invite", "-o", word))
    return subprocess.run(
        ["bash", "-c", script.format(program)],
        capture_output=True, timeout=30, check=False, text=True, env=environment(stub=True), cwd=ROOT, **more,
    )  # fmt: skip


@posix
@pytest.mark.parametrize(("word", "code"), [("x", 0), ("declined", 4)])
def test_a_reader_that_has_had_enough_is_no_error(word, code):
    # The reader is gone before the first word: the pipe's end is closed by then.
    done = shell("exec 3> >(exec true); wait $!; {} >&3; echo $?", word)
    assert done.stdout.strip() == str(code)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@posix
def test_head_of_nothing_leaves_no_traceback():
    assert shell("{} --json --variants 20 | head -c 0").stderr == ""


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [["invite", "-o", "x"], ["invite", "-o", "x", "--json"], ["--help"], ["--version"]])
def test_a_full_disk_is_a_sentence(args):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command(*args), stdout=full, stderr=subprocess.PIPE, timeout=30, check=False, text=True,
            env=environment(stub=True),
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("drafter: standard output can't be written")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@posix
def test_a_closed_standard_output_is_a_sentence():
    done = shell("{} >&-")
    assert done.returncode == 2
    assert done.stderr.startswith("drafter: standard output is closed")


@posix
def test_closed_standard_error_and_input_change_nothing():
    done = shell("{} 2>&- <&-")
    assert (done.returncode, done.stdout) == (0, pretend.MESSAGE + "\n")
    assert shell("{} 2>&- <&-", "question").returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_pipe_is_utf_8_whatever_the_locale(run, encoding):
    done = run("invite", "-o", "say caf\u00e9 \u65e5\u672c", env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert (done.code, done.out) == (0, "say caf\u00e9 \u65e5\u672c\n".removeprefix("say "))


# Interruption -----------------------------------------------------------------------------------------


@posix
def test_an_interruption_is_one_line_and_130(tmp_path):
    import signal

    process = subprocess.Popen(
        command("invite", "-o", "wait", "--out", tmp_path / "a.txt"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(stub=True),
    )  # fmt: skip
    assert process.stderr.readline() == "waiting\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert err.strip() == "drafter: stopped; nothing was kept"
    assert list(tmp_path.iterdir()) == []


# The other doors ----------------------------------------------------------------------------------------


def test_version_and_help(run):
    assert run("--version").out == "drafter 0.1.0\n"
    done = run("--help")
    assert done.code == 0
    assert "Draft an invitation to say, send or leave as a note." in done.out
    assert "Show the principles, with where each comes from." in done.out
    assert "\x1b" not in done.out
    assert run("invite", "--help").code == 0


def test_every_documented_flag_is_in_the_help(run):
    shown = run("invite", "--help").out
    flags = [*FLAGS, "--objection", "-o", "--asks-before", "--said-no", "--format", "--language", "--country", "--scenario", "--engine",
             "--model", "--base-url", "--variants", "--seed", "--json", "--out", "--force", "--copy", "--show-prompt",
             "--no-color", "--quiet", "--no-questions"]  # fmt: skip
    assert [flag for flag in flags if flag not in shown] == []


def test_no_command_is_wrong_usage_and_a_misspelt_one_is_named(run):
    assert run().code == 2
    done = run("invit")
    assert done.code == 2
    assert "Did you mean 'invite'?" in done.err


def test_a_bug_shows_its_traceback_plainly(run):
    # Anything but a DrafterError is a bug and must not pass for the person's mistake.
    done = run(
        "invite",
        "-o",
        "x",
        "--seed",
        "1",
        env={"PYTHONPATH": str(ROOT / "tests" / "stub" / "broken") + os.pathsep + str(ROOT)},
    )
    assert done.code == 1
    assert "RuntimeError: a bug" in done.err
    assert "locals" not in done.err


@pytest.mark.parametrize(("more", "country"), [({"LC_ALL": "en_IE.UTF-8"}, "IE"), ({"LC_ALL": "C"}, "GB")])
def test_the_locale_picks_the_lines_where_no_country_was_told(run, more, country):
    ran = run("invite", "-o", "stopped", "--json", env=more)
    assert ran.code == 3
    assert json.loads(ran.out)["help"][0]["country"] == country
