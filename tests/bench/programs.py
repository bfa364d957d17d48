"""What has to be installed, and where the bench keeps what it may use again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.environment import ROOT

# The data is kept from run to run; `rm -r var/bench`, or `make bench ARGS=--anew`, throws it away.
FOLDER = Path(os.environ.get("BENCH_FOLDER", ROOT / "var/bench"))
NEEDED = {"wrk": "wrk"}  # program: Debian's package


def install():
    packages = [package for program, package in NEEDED.items() if not shutil.which(program)]
    if not packages:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(f"The bench needs more programs. Install them first:\n  sudo {' '.join(command)}")
    print(f"Installing {', '.join(packages)} …", flush=True)
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet"], env=environ, check=True)
    subprocess.run([*command, "--quiet"], env=environ, check=True)
