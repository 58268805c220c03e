"""Settings, read from the environment. The database address is set by the runtime before Django starts."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("CANBO_DATA", BASE_DIR / "var")).resolve()
DEBUG = os.environ.get("CANBO_DEBUG") == "1"
SECRET_KEY = os.environ.get("CANBO_SECRET_KEY", "")
ALLOWED_HOSTS = os.environ.get("CANBO_HOSTS", "*").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CANBO_ORIGINS", "").split(",") if o]
BEHIND_TLS = os.environ.get("CANBO_TLS") == "1"

INSTALLED_APPS = [
    "canbo.readers.desk",
    "canbo.readers.profiles",
    "canbo.readers.exchange",
    "canbo.readers.reports",
    "canbo.processes.evaluation",
    "canbo.processes.restructuring",
    "canbo.facts.work",
    "canbo.facts.staffing",
    "canbo.facts.training",
    "canbo.facts.party",
    "canbo.facts.people",
    "canbo.facts.access",
    "canbo.facts.organisation",
    "canbo.facts.decisions",
    "canbo.foundation.ui",
    "canbo.foundation.jobs",
    "canbo.foundation.audit",
    "canbo.foundation.accounts",
    "canbo.foundation.runtime",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "canbo.foundation.accounts.middleware.IdleMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "canbo.foundation.ui.day.DayMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "canbo.foundation.accounts.middleware.FirstPasswordMiddleware",
    "canbo.facts.access.middleware.ActorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
NAVIGATION = "config.navigation.ITEMS"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "canbo.foundation.ui.context.frame",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    parts = conninfo_to_dict(os.environ.get("DATABASE_URL", ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "canbo"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        # Compiling a statement takes longer than running it; the embedded server has it off, others may not.
        "OPTIONS": {"options": "-c jit=off", **parts, "pool": {"min_size": 1, "max_size": 8}},
        "CONN_HEALTH_CHECKS": True,  # a pooled connection outlives a restart of the server only by this
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "canbo_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "canbo.foundation.accounts.passwords.CharacterClasses"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "canbo.foundation.accounts.adapter.ClosedAdapter"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CANBO_PROXIES", "0"))
ACCOUNT_FORMS = {
    "login": "canbo.foundation.accounts.forms.LoginForm",
    "change_password": "canbo.foundation.accounts.forms.ChangePasswordForm",
    "reauthenticate": "canbo.foundation.accounts.forms.ReauthenticateForm",
}
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "canbo.foundation.accounts.adapter.CodesAdapter"
MFA_FORMS = {
    "authenticate": "canbo.foundation.accounts.forms.CodeForm",
    "reauthenticate": "canbo.foundation.accounts.forms.CodeAgainForm",
    "activate_totp": "canbo.foundation.accounts.forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE_SECONDS = int(os.environ.get("CANBO_IDLE_MINUTES", "60")) * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static-root"
STATICFILES_DIRS = [d for d in [BASE_DIR / "static-vendor"] if d.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DJANGO_TABLES2_PAGE_RANGE = 7
ACTS = [
    "canbo.facts.organisation.acts",
    "canbo.facts.people.acts",
    "canbo.facts.party.acts",
    "canbo.facts.training.acts",
    "canbo.facts.staffing.acts",
    "canbo.facts.staffing.quota_acts",
    "canbo.processes.restructuring.acts",
]
CARRIERS = [
    "canbo.facts.organisation.carriers",
    "canbo.facts.staffing.carriers",
    "canbo.facts.party.carriers",
    "canbo.facts.people.carriers",
    "canbo.facts.access.carriers",
    "canbo.facts.work.carriers",
    "canbo.processes.evaluation.carriers",
    "canbo.readers.reports.carriers",
]
JOB_MODULES = [
    "canbo.facts.work.tasks",
    "canbo.facts.staffing.tasks",
    "canbo.processes.restructuring.tasks",
    "canbo.processes.evaluation.tasks",
    "canbo.readers.exchange.tasks",
    "canbo.processes.evaluation.printing",
]
WORK_LOCKS = ["canbo.processes.evaluation.queries.closed_work"]  # functions that say which periods are closed
UPLOAD_DAYS = int(os.environ.get("CANBO_UPLOAD_DAYS", "30"))  # brought files hold personal data
JOB_PATIENCE = float(os.environ.get("CANBO_JOB_PATIENCE", "20"))  # seconds without a heartbeat until a worker is dead
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # kinds are named above; nothing is imported at every start
PROCRASTINATE_IMPORT_PATHS = ["canbo.foundation.jobs.running"]
RULEBOOKS_DIR = BASE_DIR / "rulebooks"
LOCAL_RULEBOOKS_DIR = Path(os.environ.get("CANBO_LOCAL_RULES", DATA_DIR / "rulebooks"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
