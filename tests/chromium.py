"""Debian's Chromium for Playwright, whose own browsers are not downloaded."""

import os
import shutil


def launched(playwright):
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium") or "/usr/bin/chromium",
        args=[
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            # What it would ask for by itself has nowhere to go.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--disable-background-networking",
            "--disable-component-update",
        ],
    )
