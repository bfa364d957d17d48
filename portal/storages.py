"""Where pictures are kept, as Django's STORAGES wants it: what readers may see, and what not."""

from urllib.parse import urlsplit

FILES = "django.core.files.storage.FileSystemStorage"


def object_storages(base_url, endpoint, buckets):
    """buckets: the public one's name, and the private one's."""
    options = {
        "endpoint_url": endpoint or None,
        "querystring_auth": False,
        # Pages load nothing from elsewhere: `portal.views.media` hands pictures on.
        "custom_domain": f"{urlsplit(base_url).netloc}/media",
        "url_protocol": f"{urlsplit(base_url).scheme}:",
    }
    return [
        {"BACKEND": "portal.storage.ObjectStorage", "OPTIONS": {**options, "bucket_name": bucket}}
        for bucket in buckets
    ]


def file_storages(media_root, private_root):
    return [
        {
            "BACKEND": FILES,
            # A size that is made again after a crash takes the place of the file without a row.
            "OPTIONS": {
                "location": str(media_root),
                "base_url": "/media/",
                "allow_overwrite": True,
            },
        },
        {
            "BACKEND": FILES,
            "OPTIONS": {
                "location": str(private_root),  # Wagtail deletes files by a task: JSON, no paths
                "base_url": None,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        },
    ]
