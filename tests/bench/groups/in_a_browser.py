"""What a browser makes of the pages: Lighthouse, on a phone of some years ago as it simulates one,
with its network."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from tests.bench import measure, programs, servers
from tests.bench.figures import AT_LEAST, AT_MOST, Figure

GROUP = "In a browser (Lighthouse)"
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
LEAST, SECONDS = 100, 1.0
TIMES = 3  # the simulation varies
PACKAGE = Path(__file__).parents[1] / "lighthouse"
LIGHTHOUSE = "node_modules/lighthouse/cli/index.js"


def missing():
    """Programs without which it can't be measured."""
    return [name for name in ("node", "npm", "chromium") if not shutil.which(name)]


def run(plan):
    folder = installed()
    with servers.serving(servers.PORTAL, plan.main, WORKER_IN_SERVER="false") as server:
        found = {}
        for path in plan.main.ask("shown"):
            measure.Browser(server).ask(path)  # as most readers find it: in memory
            found[path] = seen(folder, server.address + path)
    for category in CATEGORIES:
        worst = min(found, key=lambda path: found[path][category])
        named = f"{category}, the worst of {len(found)} pages ({worst})"
        plan.tell(Figure(GROUP, named, found[worst][category], "", AT_LEAST, LEAST))
    worst = max(found, key=lambda path: found[path]["seconds"])
    named = f"the largest part is there, the slowest of {len(found)} pages ({worst})"
    plan.tell(Figure(GROUP, named, found[worst]["seconds"], "s", AT_MOST, SECONDS))
    for path, told in found.items():
        plan.tell(Figure(GROUP, f"the largest part is there, {path}", told["seconds"], "s"))
    for path, told in found.items():
        for word in told["faults"]:
            print(f"  {path}: {word}")


def installed():
    """The folder with the versions that package-lock.json names."""
    folder = programs.FOLDER / "lighthouse"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = (PACKAGE / "package-lock.json").read_bytes()
    kept = folder / "package-lock.json"
    if not (folder / LIGHTHOUSE).exists() or not kept.exists() or kept.read_bytes() != wanted:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PACKAGE / name, folder)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=folder, check=True, timeout=600)
    return folder


def seen(folder, address):
    """{category: 0 to 100, "seconds": until the largest part is there, "faults": sentences}"""
    each = [of_report(asked(folder, address)) for _time in range(TIMES)]
    middle = {name: median(one[name] for one in each) for name in (*CATEGORIES, "seconds")}
    return middle | {"faults": list(dict.fromkeys(word for one in each for word in one["faults"]))}


def asked(folder, address):
    """Lighthouse's report of a page."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    flags = ["--headless=new", "--disable-background-networking", *sandbox]
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            [
                *("node", LIGHTHOUSE, address, "--quiet", "--output=json"),
                "--no-enable-error-reporting",
                f"--output-path={scratch}/report.json",
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={' '.join(flags)}",
            ],
            cwd=folder,
            env=os.environ | {"CHROME_PATH": shutil.which("chromium")},
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=180,
        )
        return json.loads(Path(scratch, "report.json").read_text())


def of_report(report):
    """As `seen`. Raises RuntimeError if Lighthouse could not judge the page."""
    if report.get("runtimeError"):
        raise RuntimeError(f"{report['finalDisplayedUrl']}: {report['runtimeError']['message']}")
    audits, found = report["audits"], {"faults": []}
    for category in CATEGORIES:
        told = report["categories"][category]
        if told["score"] is None:
            raise RuntimeError(f"Lighthouse gives no score for {category}")
        found[category] = round(told["score"] * 100)
        if found[category] == 100:
            continue
        for each in told["auditRefs"]:
            audit = audits[each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 1:
                found["faults"].append(
                    f"{category}: {audit['title']} {audit.get('displayValue', '')}".strip()
                )
    found["seconds"] = audits["largest-contentful-paint"]["numericValue"] / 1000
    return found
