"""Object storage that behaves as a disk does when it is away: an OSError, and soon."""

from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3File, S3Storage

SECONDS_TO_CONNECT = 2
SECONDS_TO_ANSWER = 10
TRIES = 2


@contextmanager
def _as_a_disk():
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        # Its words hold addresses and names of files.
        raise OSError(f"The object storage failed: {type(error).__name__}") from None


class ObjectFile(S3File):
    def _get_file(self):
        with _as_a_disk():
            return super()._get_file()

    file = property(_get_file, S3File._set_file)


class ObjectStorage(S3Storage):
    """S3 or what speaks like it. Whatever is asked of it raises OSError when it can't be had;
    the portal's forms know that."""

    def __init__(self, **options):
        config = Config(
            signature_version="s3v4",
            connect_timeout=SECONDS_TO_CONNECT,
            read_timeout=SECONDS_TO_ANSWER,
            retries={"total_max_attempts": TRIES},
        )
        super().__init__(client_config=config, **options)

    def _open(self, name, mode="rb"):
        with _as_a_disk():
            file = super()._open(name, mode)
        file.__class__ = ObjectFile
        return file

    def _save(self, name, content):
        with _as_a_disk():
            return super()._save(name, content)

    def delete(self, name):
        with _as_a_disk():
            super().delete(name)

    def exists(self, name):
        with _as_a_disk():
            return super().exists(name)

    def listdir(self, name):
        with _as_a_disk():
            return super().listdir(name)

    def size(self, name):
        with _as_a_disk():
            return super().size(name)

    def get_modified_time(self, name):
        with _as_a_disk():
            return super().get_modified_time(name)
