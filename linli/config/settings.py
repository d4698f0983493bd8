"""The one settings file: what may differ between two sites is read from the environment (设置).

Variables: LINLI_HOME, LINLI_PACKS, DATABASE_URL, SECRET_KEY, PORT, LINLI_ORIGIN, LINLI_HOSTS, LINLI_DEMO,
LINLI_DEBUG, LINLI_LOG_LEVEL, LINLI_EMAIL_HOST, LINLI_EMAIL_PORT, LINLI_EMAIL_USER, LINLI_EMAIL_PASSWORD,
LINLI_EMAIL_FROM, LINLI_HOOK_HOSTS, LINLI_CIPHER, LINLI_FIELD_KEYS, LINLI_METRICS_TOKEN;
and, read by ``serve``: LINLI_BIND, LINLI_WEB_PROCESSES, LINLI_WEB_THREADS.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from linli.config import env
from linli.frame import sqlite

sqlite.prefer_bundled()

from linli.config.databases import database  # noqa: E402  (reads the version of the SQLite just chosen)
from linli.config.secret import secret_key  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(env.text("LINLI_HOME", default=str(ROOT / "var"))).expanduser().resolve()
HOME.mkdir(parents=True, exist_ok=True)
PACKS = Path(env.text("LINLI_PACKS", default=str(ROOT / "packs"))).expanduser().resolve()

DEBUG = env.flag("LINLI_DEBUG", default=False)
LINLI_DEMO = env.flag("LINLI_DEMO", default=False)
SECRET_KEY = secret_key(home=HOME)
LINLI_CIPHER = env.choice("LINLI_CIPHER", of=("aes", "sm4"), default="aes")
FIELD_KEYS = env.text("LINLI_FIELD_KEYS", default="")
FIELD_KEYS_FILE = HOME / "field-keys"
METRICS_TOKEN = env.text("LINLI_METRICS_TOKEN", default="")

# ── Addresses ─────────────────────────────────────────────────────────────────────────────────────
PORT = env.number("PORT", default=8000, least=1)
ORIGIN = env.origin("LINLI_ORIGIN", default=f"http://127.0.0.1:{PORT}")
_HTTPS = ORIGIN.startswith("https://")
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    urlsplit(ORIGIN).hostname or "",
    *env.words("LINLI_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [ORIGIN]
ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# ── Rooms ─────────────────────────────────────────────────────────────────────────────────────────
ROOMS = (
    "record",
    "places",
    "people",
    "bodies",
    "rulebook",
    "outbox",
    "matters",
    "disclosure",
    "appraisal",
    "privacy",
    "learning",
    "meetings",
    "ballots",
    "books",
    "cases",
    "campaigns",
    "deliberation",
    "timebank",
    "societies",
    "activities",
    "grants",
    "pledges",
    "facilities",
    "projects",
    "handoffs",
    "insight",
    "portal",
    "console",
    "gateways",
    "demo",
)
INSTALLED_APPS = [
    "linli.config",
    "linli.frame",
    *(f"linli.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_q",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linli.frame.security.content_security",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "linli.frame.phone.owner_named",
    "linli.frame.refused.RefusedMiddleware",
]
CSRF_FAILURE_VIEW = "linli.frame.views.form_expired"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
# Behind a proxy that ends TLS; the proxy must set this header itself on every request.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
X_FRAME_OPTIONS = "DENY"

# ── Data ──────────────────────────────────────────────────────────────────────────────────────────
DATABASES = {"default": database(env.text("DATABASE_URL", default=""), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, dict[str, Any]] = {
    # Throttles must count the same in every process, so they count in the database.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # The worker notes its pulse here twice a second; nobody else reads it.
    "pulse": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pulse"},
}
Q_CLUSTER = {
    "name": "linli",
    "orm": "default",
    "cache": "pulse",
    "workers": 1,
    "queue_limit": 10,
    "poll": 1,
    "guard_cycle": 1,
    "timeout": 600,
    "retry": 900,
    "max_attempts": 5,
    "catch_up": False,
    "save_limit": 500,
    "log_level": "WARNING",
}

# ── People ────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["linli.people.backend.Backend"]
SESSION_ENGINE = "linli.frame.sessions"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "linli.config.door.Door"
ACCOUNT_EMAIL_VERIFICATION = "none"
# An address belongs to the person, encrypted; the library would look for a plain one.
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
MFA_ADAPTER = "linli.config.second_step.SecondStep"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "linli.config.second_step_forms.CodeForm",
    "activate_totp": "linli.config.second_step_forms.FirstCodeForm",
    "add_webauthn": "linli.config.second_step_forms.AddKeyForm",
    "edit_webauthn": "linli.config.second_step_forms.RenameKeyForm",
}
# A clock that is half a minute off still opens the door.
MFA_TOTP_TOLERANCE = 1
# Without TLS a browser makes keys for this machine alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "find": "10/m/ip,60/h/ip",
    "report": "30/10m/ip",
    "similar": "60/m/ip",
    "join": "30/10m/ip",
    "photo": "300/10m/ip",
    "open311": "120/m/ip",
}

# ── Words and time ────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# ── Pages ─────────────────────────────────────────────────────────────────────────────────────────
_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "linli.frame.jinja.present",
    "linli.portal.surroundings.channels",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "linli.frame.jinja.environment", "context_processors": _CONTEXT},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "linli.config.statics.Statics"},
}

# ── Letters ───────────────────────────────────────────────────────────────────────────────────────
EMAIL_HOST = env.text("LINLI_EMAIL_HOST", default="")
EMAIL_PORT = env.number("LINLI_EMAIL_PORT", default=465, least=1)
EMAIL_HOST_USER = env.text("LINLI_EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = env.text("LINLI_EMAIL_PASSWORD", default="")
EMAIL_USE_SSL = True
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("LINLI_EMAIL_FROM", default="linli@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"

# ── Outside systems ───────────────────────────────────────────────────────────────────────────────
# What happens here is told to no address inside the house's own network, unless it is named.
HOOK_HOSTS = env.words("LINLI_HOOK_HOSTS")

# ── Logging ───────────────────────────────────────────────────────────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "linli.config.logs.Lines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": env.text("LINLI_LOG_LEVEL", default="WARNING").upper()},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django-q": {"handlers": [], "propagate": True},
    },
}
