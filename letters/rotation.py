"""What is encrypted outside the fields that know it themselves: pictures, mails and answers."""

import base64

from django.core.files.storage import storages
from django.db import transaction

from letters.intake import picture
from letters.mail import reply
from letters.models import IncomingMail, PendingPicture, Submission
from portal import private
from portal.models import Job


def rotate_pictures() -> int:
    """Store each private picture anew under another name; returns how many."""
    count = 0
    for model, name in ((Submission, "picture_name"), (PendingPicture, "name")):
        for key in list(model.objects.exclude(**{name: ""}).values_list("pk", flat=True)):
            with transaction.atomic():
                row = model.objects.select_for_update().only(name).filter(pk=key).first()
                old = getattr(row, name, "")
                if not old:
                    continue
                new = picture.store(picture.load(old).webp)
                setattr(row, name, new)
                row.save(update_fields=[name])
                transaction.on_commit(lambda old=old: storages["private"].delete(old))
            count += 1
    return count


def rotate_mails() -> int:
    count = 0
    for key in list(IncomingMail.objects.exclude(raw=b"").values_list("pk", flat=True)):
        with transaction.atomic():
            row = IncomingMail.objects.select_for_update().filter(pk=key).first()
            if row is None or not row.raw:
                continue
            row.raw = private.encrypt_bytes(private.decrypt_bytes(bytes(row.raw)))
            row.save(update_fields=["raw"])
        count += 1
    return count


def rotate_replies() -> int:
    """The addresses that answers are still to be sent to."""
    count = 0
    for key in list(Job.objects.filter(name=reply.JOB).values_list("pk", flat=True)):
        with transaction.atomic():
            job = Job.objects.select_for_update().filter(pk=key).first()
            if job is None:
                continue
            sealed = private.decrypt_bytes(base64.b64decode(job.payload["sealed"]))
            job.payload["sealed"] = base64.b64encode(private.encrypt_bytes(sealed)).decode()
            job.save(update_fields=["payload"])
        count += 1
    return count


private.rotations += [rotate_pictures, rotate_mails, rotate_replies]
