"""Settings, read top to bottom. Everything comes from the environment; what is
missing or malformed stops the start with one message that names it all."""

from pathlib import Path
from urllib.parse import urlsplit

from environs import Env, EnvValidationError

from portal.environment import LOCALHOST, hosts, imap, keys, long, origin, redis, secret, stop, urls
from portal.languages import LANGUAGES, RIGHT_TO_LEFT, register_language_info
from portal.storages import file_storages, object_storages

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env(eager=False)

# ------------------------------------------------------------- what must be set

SECRET_KEY = env.str("SECRET_KEY", validate=long)
# Receipts are derived with it: changing it voids them.
RECEIPT_PEPPER = env.str("RECEIPT_PEPPER", validate=long)
# Newest first, kept outside the database.
FIELD_KEYS = env.list("FIELD_KEYS", validate=keys)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", validate=hosts)
BASE_URL = env.str("BASE_URL", validate=origin)  # https://example.org
_database = env.dj_db_url("DATABASE_URL")

# ------------------------------------------------------------ what has a default

SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
DEMO = env.bool("DEMO", False)  # allows `manage.py demo` and its logins
DEMO_PASSWORD = env.str("DEMO_PASSWORD", "love-letters")
WORKER_IN_SERVER = env.bool("WORKER_IN_SERVER", False)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)  # how many X-Forwarded-For hops are ours
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000)
_cache_url = env.str("CACHE_URL", "", validate=redis)  # needed by more than one process
_email = env.dj_email_url("EMAIL_URL", "console://")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@localhost")
IMAP_URL = env.str("IMAP_URL", "", validate=imap)  # the letters' mailbox
IMAP_CA_FILE = env.str("IMAP_CA_FILE", "")  # where its certificate is of one's own making
MAIL_WEBHOOK_SECRET = env.str("MAIL_WEBHOOK_SECRET", "", validate=secret)
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "var/media")
PRIVATE_ROOT = env.path("PRIVATE_ROOT", BASE_DIR / "var/private")
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "var/static")
PAGES_ROOT = env.path("PAGES_ROOT", BASE_DIR / "var/pages")  # one for all processes of a machine
PAGES_MEMORY = env.int("PAGES_MEMORY_MB", 64) * 1_000_000  # of each process
PAGES_ON_DISK = env.bool("PAGES_ON_DISK", False)
_front_caches = env.list("FRONT_CACHES", [], validate=urls)  # they are sent PURGE
_s3_bucket = env.str("S3_BUCKET", "")
_s3_private_bucket = env.str("S3_PRIVATE_BUCKET", "")
_s3_endpoint = env.str("S3_ENDPOINT", "")

_faults = {}
try:
    env.seal()
except EnvValidationError as error:
    _faults |= error.error_messages
if not (_email or {}).get("EMAIL_BACKEND"):
    _faults.setdefault("EMAIL_URL", ["It must be smtp://host:port or the like."])
if "BASE_URL" not in _faults:
    LOOPBACK = urlsplit(BASE_URL).hostname in LOCALHOST
    SECURE = urlsplit(BASE_URL).scheme == "https"
    if DEMO and not LOOPBACK:
        _faults["DEMO"] = ["It is for localhost only."]
if bool(_s3_bucket) != bool(_s3_private_bucket):
    _faults["S3_BUCKET"] = ["It is set together with S3_PRIVATE_BUCKET."]
if _faults:
    stop(_faults)

DEBUG = False

# ------------------------------------------------------------------ applications

INSTALLED_APPS = [
    "home",
    "campaigns",
    "letters",
    "safety",
    "portal",
    "portal.translation",
    "wagtail_localize",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",  # wagtail-localize imports it; nobody has rights, no address serves it
    "wagtail.locales",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "portal.compression.CompressionMiddleware",
    "portal.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.LanguageMiddleware",
    "portal.middleware.QuietSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.translation.rights.LocaleRightsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "portal.remembered.FormRenderer"

# --------------------------------------------------------------------- data

if _database["ENGINE"] == "django.db.backends.sqlite3":
    # By default SQLite fails most concurrent read-then-write transactions, and
    # leaves deleted text in the file.
    _database |= {"ENGINE": "portal.sqlite", "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        ),
    }
else:
    # A database that is away is told within seconds, not after the pool's own half a minute.
    _database.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 32, "timeout": 5}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if _cache_url:
    CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": _cache_url,
            "OPTIONS": dict(IGNORE_EXCEPTIONS=True, SOCKET_CONNECT_TIMEOUT=1, SOCKET_TIMEOUT=2),
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

if _front_caches:
    WAGTAILFRONTENDCACHE = {
        address: {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": address,
        }
        for address in _front_caches
    }

_media_storage, _private_storage = (
    object_storages(BASE_URL, _s3_endpoint, [_s3_bucket, _s3_private_bucket])
    if _s3_bucket
    else file_storages(MEDIA_ROOT, PRIVATE_ROOT)
)
STORAGES = {
    "default": _media_storage,  # what readers may see
    "private": _private_storage,  # originals and unpublished pictures; has no address
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
WHITENOISE_MAX_AGE = 31_536_000
# A visitor's file never touches the disk in the clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# ----------------------------------------------------------------- mail and logs

vars().update({name: value for name, value in _email.items() if name.startswith("EMAIL_")})
ADMINS = []  # error mails would hold addresses and letters
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"scrub": {"()": "portal.logs.Scrub"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["scrub"], "formatter": "line"}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers would mail and print requests; its warnings (404, 422 …) are visits.
    "loggers": {
        "django": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL"},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        "portal": {"level": "INFO"},
    },
}

# --------------------------------------------------------------------- languages

register_language_info()
LANGUAGE_CODE = "en"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LANGUAGES_BIDI = sorted(RIGHT_TO_LEFT)
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [BASE_DIR / "locale"]

# --------------------------------------------------------------------- security

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 15}),
        ("CommonPasswordValidator", {}),
    ]
]
AUTHENTICATION_BACKENDS = ["portal.login.PortalBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes every form answer 403
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options: portal.middleware.HeadersMiddleware sets it
    *(
        # Plain http is allowed on loopback only, see BASE_URL.
        ["security.W004", "security.W008", "security.W012", "security.W016"] if not SECURE else []
    ),
]

# ----------------------------------------------------------------------- Wagtail

WAGTAIL_SITE_NAME = "Take Back the Tech!"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "home.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
# Willow copies position and camera data into JPEG and PNG renditions; not into these.
WAGTAILIMAGES_FORMAT_CONVERSIONS = dict.fromkeys(["jpeg", "png", "gif", "heic"], "webp") | {
    "avif": "avif",
    "webp": "webp",
}
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Nothing in the admin asks another host for anything.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "link", "ol", "ul"]},
    }
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
