"""Puts a pipeline with a bug in place of the real one in a child process."""

import sys
import types


def _invite(*_, **__):
    raise RuntimeError("a bug")


pipeline = types.ModuleType("drafter.pipeline")
pipeline.hazards_of = pipeline.variants = _invite
sys.modules["drafter.pipeline"] = pipeline
