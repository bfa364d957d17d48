"""Fails when a text in the code is not in the catalogues of locale/, after putting it there."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def texts(catalogue):
    """The catalogue without the line that changes with every run."""
    lines = catalogue.splitlines()
    return [line for line in lines if not line.startswith(b'"POT-Creation-Date')]


def main():
    before = {path: path.read_bytes() for path in ROOT.glob("locale/*/LC_MESSAGES/*.po")}
    # By name: locale/ also has folders with nothing but an empty compiled catalogue.
    languages = [f"--locale={path.parent.parent.name}" for path in sorted(before)]
    ignore = [f"--ignore={folder}" for folder in ("tests", "var", "deploy", "docs")]
    subprocess.run(
        [
            *(sys.executable, "manage.py", "makemessages", "--no-location", "--no-obsolete"),
            *(*languages, *ignore),
        ],
        cwd=ROOT,
        check=True,
    )
    changed = []
    for path, content in sorted(before.items()):
        if texts(path.read_bytes()) == texts(content):
            path.write_bytes(content)
        else:
            changed.append(str(path.relative_to(ROOT)))
    if changed:
        sys.exit(f"These lacked texts, or had too many; look at them: {' '.join(changed)}")


if __name__ == "__main__":
    main()
