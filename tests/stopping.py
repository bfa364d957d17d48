"""The portal in a process that is killed at one step of a letter's way.

Served instead of `portal.wsgi:application`, with STOP_AT as the name of the step. All that it
patches is done as ever, until the moment after which nobody does anything any more.
"""

import importlib
import os
import signal
import subprocess

import django

django.setup()

# name: (module, the way to what is called there, whether that is done before the end)
STEPS = {
    "reading": (
        "django.core.files.uploadhandler",
        ["MemoryFileUploadHandler", "receive_data_chunk"],
        False,
    ),
    "cleaning": ("subprocess", ["run"], False),
    "file without row": ("letters.intake.picture", ["store"], True),
    "row without commit": ("portal.outbox", ["enqueue"], True),
    "letter without answer": ("letters.intake.receipt_page", ["show"], False),
    "job done but there": ("portal.outbox", ["handlers", "letters.traces"], True),
    "size without row": ("django.core.files.storage", ["FileSystemStorage", "save"], True),
}


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def half(command, *, input, timeout, **options):
    """The child is left alone with half of the picture."""
    child = subprocess.Popen(command, stdin=subprocess.PIPE, **options)
    child.stdin.write(input[: len(input) // 2])
    child.stdin.flush()
    die()


def stop_at(step):
    module, [*way, name], is_done = STEPS[step]
    holder = importlib.import_module(module)
    for part in way:
        holder = getattr(holder, part)
    whole = holder[name] if isinstance(holder, dict) else getattr(holder, name)

    def last(*arguments, **options):
        if is_done:
            whole(*arguments, **options)
        die()

    end = half if step == "cleaning" else last
    if isinstance(holder, dict):
        holder[name] = end
    else:
        setattr(holder, name, end)


stop_at(os.environ["STOP_AT"])

from portal.wsgi import application  # noqa: E402, F401 (the worker's thread begins with it)
