"""`python -m drafter`, and what the `drafter` command starts."""

import gc
import sys


def main() -> None:
    """Run the command line; an interruption while it is still loading ends as quietly as a later one."""
    # Loading modules makes hardly any garbage: looking for it as often as usual costs 10 ms of every start.
    gc.set_threshold(200_000)
    try:
        from drafter.cli import app  # noqa: PLC0415  # inside the try: loading it takes most of a short run

        app(prog_name="drafter")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
