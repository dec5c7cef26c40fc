"""Puts the pretended pipeline in place of the real one in a child process (see `tests/stub/pretend.py`)."""

import sys

import pretend

sys.modules["drafter.pipeline"] = pretend
