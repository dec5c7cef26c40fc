"""Write `prompts/compiled.json`: `python bench/compile_prompts.py`, after any change to a YAML file of `prompts/`.

The program works without it, and never uses what is older than its file; it only starts faster with it.
"""

import json
import sys
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from drafter.data import COMPILED, first_document, parse_yaml  # noqa: E402


def compiled() -> str:
    """What `prompts/compiled.json` should hold."""
    prompts = ROOT / "prompts"
    out = {}
    for path in sorted(prompts.rglob("*.yaml")):
        text = first_document(path.read_text(encoding="utf-8"))
        data = parse_yaml(text)
        try:
            json.dumps(data)
        except TypeError:
            continue  # dates and the like stay YAML
        out[path.relative_to(prompts).as_posix()] = [crc32(text.encode()), data]
    lines = [f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}" for name, entry in out.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    (ROOT / "prompts" / COMPILED).write_text(compiled(), encoding="utf-8")
