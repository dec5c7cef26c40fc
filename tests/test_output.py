import os
import stat
import sys
from pathlib import Path

import pytest

from drafter.errors import InputError
from drafter.output import CLIPBOARDS, check_writable, copy, write_private

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize("umask", [0, 0o077, 0o777 & ~0o600])
def test_a_file_is_its_owners_alone_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        write_private(tmp_path / "a", "x", force=False)
        write_private(tmp_path / "a", "y", force=True)
    finally:
        os.umask(before)
    assert mode(tmp_path / "a") == 0o600
    assert (tmp_path / "a").read_text() == "y"


@posix
def test_replacing_an_open_file_makes_it_private(tmp_path):
    (tmp_path / "a").write_text("x")
    (tmp_path / "a").chmod(0o644)
    write_private(tmp_path / "a", "y", force=True)
    assert mode(tmp_path / "a") == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_nothing_is_replaced_without_force(tmp_path):
    (tmp_path / "a").write_text("x")
    with pytest.raises(InputError, match="exists already") as caught:
        write_private(tmp_path / "a", "y", force=False)
    assert "--force" in caught.value.remedy
    assert (tmp_path / "a").read_text() == "x"


def test_a_file_that_came_up_meanwhile_is_not_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr("drafter.output.check_writable", lambda *_, **__: None)
    (tmp_path / "a").write_text("x")
    with pytest.raises(InputError, match="exists already"):
        write_private(tmp_path / "a", "y", force=False)
    assert (tmp_path / "a").read_text() == "x"


@posix
@pytest.mark.parametrize("force", [False, True])
def test_links_folders_devices_and_missing_folders_are_refused(tmp_path, force):
    (tmp_path / "real").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for path, what in [
        (tmp_path, "is a folder"),
        (tmp_path / "link", "is a link"),
        (tmp_path / "dangling", "is a link"),
        (Path("/dev/null"), "is no ordinary file"),
        (tmp_path / "no" / "a", "there is no folder"),
        (tmp_path / "real" / "a", "can't be written"),
        (tmp_path / ("a" * 300), "can't be written"),
        (tmp_path / "a\0b", "can't be written"),
        (Path("-"), "takes a file's name"),
    ]:
        with pytest.raises(InputError, match=what) as caught:
            write_private(path, "y", force=force)
        assert caught.value.remedy
    assert (tmp_path / "real").read_text() == "x"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_fault_leaves_nothing_half_behind(tmp_path, monkeypatch, force, fault):
    if force:
        (tmp_path / "a").write_text("x")
    real = os.fdopen

    class Faulty:
        def __init__(self, stream):
            self.stream = stream

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.stream.close()

        def write(self, _):
            raise fault

    monkeypatch.setattr("os.fdopen", lambda *args: Faulty(real(*args)))
    with pytest.raises((InputError, KeyboardInterrupt)):
        write_private(tmp_path / "a", "y", force=force)
    assert [path.read_text() for path in tmp_path.iterdir()] == (["x"] if force else [])


def test_permission_denied_is_a_sentence(tmp_path, monkeypatch):
    def deny(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", deny)
    with pytest.raises(InputError, match="permission denied"):
        write_private(tmp_path / "a", "y", force=False)


def test_a_place_is_checked_without_touching_it(tmp_path):
    check_writable(tmp_path / "a", force=False)
    assert list(tmp_path.iterdir()) == []


def test_clipboards_are_tried_in_order_until_one_works():
    tried = []

    def run(command, raw):
        tried.append((command[0], raw))
        return command[0] == "xclip"

    assert copy("é", run) == "xclip"
    assert [name for name, _ in tried] == ["pbcopy", "wl-copy", "xclip"]
    assert tried[-1][1] == "é".encode()


def test_without_a_clipboard_copy_says_so_and_windows_gets_utf_16():
    tried = {}
    assert copy("é", lambda command, raw: tried.update({command[0]: raw}) or False) == ""
    assert list(tried) == [command[0] for command in CLIPBOARDS]
    assert tried["clip.exe"].decode("utf-16") == "é"


@posix
def test_a_clipboard_that_fails_or_hangs_is_passed_over(tmp_path, monkeypatch):
    for name, script in {"pbcopy": "exit 1", "wl-copy": "not a script", "xsel": f"cat > {tmp_path}/got"}.items():
        (tmp_path / name).write_text(("#!/bin/sh\n" if name != "wl-copy" else "\x7f") + script)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr("drafter.output.CLIPBOARDS", tuple(c for c in CLIPBOARDS if c[0] != "xclip"))
    assert copy("x") == "xsel"
    assert (tmp_path / "got").read_text() == "x"
