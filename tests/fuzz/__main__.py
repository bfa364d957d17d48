"""`make fuzz`: a thousand damaged pictures and a thousand damaged mails.

`python -m tests.fuzz --count 100 --seed 7 pictures` repeats a part of it. Leaves with 1 if
anything crashed, went over its limits or kept metadata.
"""

import argparse
import importlib
import importlib.util
import random
import sys

from tests import environment  # noqa: F401, the settings' own variables

HALVES = ("pictures", "mails")


def main():
    there = [half for half in HALVES if importlib.util.find_spec(f"tests.fuzz.{half}")]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("halves", nargs="*", help=f"which of: {', '.join(there)} (default: all)")
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    wrong = []
    for half in options.halves or there:
        wrong += importlib.import_module(f"tests.fuzz.{half}").main(options.count, options.seed)
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
