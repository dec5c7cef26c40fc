import json


def test_principles_in_a_pipe_are_plain_text(run):
    done = run("principles", stub=False)
    assert (done.code, done.err) == (0, "")
    assert "Answer the fear, not the argument (fear)" in done.out
    assert "Theirs to decide (autonomy, companion)" in done.out
    assert "\x1b" not in done.out


def test_principles_as_json(run):
    data = json.loads(run("principles", "--json", stub=False).out)
    assert len(data["principles"]) == 10
    assert data["article"]["author"] == "Lori Hollander"


def test_principles_take_no_color_and_nothing_else(run):
    assert run("principles", "--no-color").code == 0
    assert run("principles", "--colour").code == 2
