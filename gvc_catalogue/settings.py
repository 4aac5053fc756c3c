"""All settings. What differs between installations is read from the environment and from nowhere else:

SECRET_KEY      signs sessions and forms; without it a secret is made and kept in var/secret_key
DEBUG           yes shows debug pages; never where others can reach it
DATABASE_URL    postgresql://user:password@host:5432/name or sqlite:///file; without it var/catalogue.sqlite3
DATABASE_REPLICA_URL  what readers are answered from, several hosts of PostgreSQL; without it the same
ALLOWED_HOSTS   the names readers may ask for, between commas
INDEX_DIR       where this node keeps its search index, var/index; it can be made anew at any time
HTTPS           yes when readers come by HTTPS (through a proxy that sets X-Forwarded-Proto)
TRUSTED_PROXIES the addresses of proxies that are believed who their reader is; with HTTPS=yes 127.0.0.1,::1, else none
REQUIRE_ONE_TIME_CODES  yes lets publishers and administrators in by a password and a one-time code only
LOG_QUERIES     yes writes the whole addresses that readers ask for into the log, and what exceptions say

WEB_THREADS     requests that each process answers at once
WEB_WAITING     requests that wait their turn in each process; more are told to come again

They are read by configuration.py, with those of the server.
"""

from datetime import timedelta
from typing import Any

from csp.constants import NONE, SELF

from . import configuration

BASE_DIR, VAR, STATIC_ROOT = configuration.BASE_DIR, configuration.VAR, configuration.STATIC_ROOT

loaded = configuration.load()
SECRET_KEY = loaded.secret_key
DEBUG = loaded.debug
HTTPS = loaded.https
ALLOWED_HOSTS = loaded.allowed_hosts
TRUSTED_PROXIES = loaded.trusted_proxies
REQUIRE_ONE_TIME_CODES = loaded.require_one_time_codes
LOG_QUERIES = loaded.log_queries
DATABASES = loaded.databases
DATABASE_ROUTERS = ["gvc_catalogue.database.router.DatabaseRouter"]

# Requests that each process answers at once, and that wait; see gvc_catalogue/web/middleware/admission_control.py.
WEB_THREADS = loaded.web_threads
WEB_WAITING = loaded.web_waiting
# Whole lists as files, and pages that count everything. They share a part of the places.
COSTLY_ADDRESSES = [
    r"/(programmes|recommendations|citations/\w+)\.(csv|xlsx|bib|ris)$",
    r"/(examples|evidence-map|recommendations)\.(csv|json)$",
    r"/(evidence-map|compare)/$",
    r"/sitemap-programmes-",
    r"/api/$",
]
# Where passwords and codes are sent.
PASSWORD_ADDRESSES = ["/admin/login/", "/admin/code/", "/admin/password_change/"]

INDEX_DIR = loaded.index_dir

# The direction of imports: [tool.importlinter] in pyproject.toml.
# Ours stand first: their templates and commands win over others of the same name.
INSTALLED_APPS = [
    "gvc_catalogue",
    "gvc_catalogue.accounts",
    "programmes",
    "recommendations",
    "gvc_catalogue.search_index",
    "gvc_catalogue.history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
]

# Sessions and messages touch nothing on the pages of readers, who get no cookie.
MIDDLEWARE = [
    "gvc_catalogue.web.middleware.trusted_proxies.TrustedProxiesMiddleware",
    "gvc_catalogue.web.middleware.access_log.AccessLogMiddleware",
    "gvc_catalogue.web.middleware.security_headers.SecurityHeadersMiddleware",
    "gvc_catalogue.web.middleware.health_check.HealthCheckMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "gvc_catalogue.web.middleware.conditional_requests.ConditionalRequestMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gvc_catalogue.web.middleware.cors.CorsMiddleware",
    "gvc_catalogue.web.middleware.body_limit.BodyLimitMiddleware",
    "gvc_catalogue.web.middleware.admission_control.AdmissionControlMiddleware",
    "gvc_catalogue.web.middleware.read_routing.ReadRoutingMiddleware",
    "gvc_catalogue.web.middleware.page_cache.PageCacheMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "gvc_catalogue.accounts.two_factor_middleware.TwoFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gvc_catalogue.urls"
WSGI_APPLICATION = "gvc_catalogue.wsgi.application"
APPEND_SLASH = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["gvc_catalogue.templatetags.components"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# The first lets nobody in: it counts, and refuses whoever guesses.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "gvc_catalogue.accounts.backend.Backend"]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "gvc_catalogue.web.middleware.trusted_proxies.client_network"
AXES_USERNAME_CALLABLE = "gvc_catalogue.accounts.lockout.lockout_username"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Further attempts while one has to wait make the time no longer: it is as long as the page says.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "gvc_catalogue.accounts.lockout.lockout_response"
# Who signed in when is nobody's business; attempts have a page of our own in the admin.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "GVC Policy Catalogue"

# Where a sign-in leads whose `next` is refused or missing.
LOGIN_REDIRECT_URL = "admin:index"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# While developing, files are served as they stand; otherwise by names that change with their content.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Everything is served from here; nothing is written into a page that the browser would run.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Bytes of a form or file that is sent, by how the address begins; see gvc_catalogue/web/middleware/body_limit.py.
LARGEST_BODIES = {"/admin/": 20_000_000, "/": 500_000}

# No script reads it; Django's other defaults (no sniffing, no frames, no referrer to others) are as we want them.
CSRF_COOKIE_HTTPONLY = True
# A link from elsewhere opens the admin as if nobody were signed in.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
# With this name browsers take a cookie from this very host only, and only by HTTPS.
SESSION_COOKIE_NAME = f"{'__Host-' if HTTPS else ''}sessionid"
CSRF_COOKIE_NAME = f"{'__Host-' if HTTPS else ''}csrftoken"
# A working day; and what the admin has to say waits in the session, not in a cookie more.
SESSION_COOKIE_AGE = 12 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "gvc_catalogue.site.views.refused"

# These four need HTTPS: without it they would lock readers out.
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# The proxy must set this header itself, whatever the reader sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Those who ask after our health stand behind the proxy.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains and
    "security.W021",  # its preload list bind a whole domain: its owner decides that, not the catalogue.
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "gvc_catalogue.web.logging.json_formatter.JsonFormatter", "with_words": LOG_QUERIES}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers are switched off: one of them sends mail, the other doubles these lines.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # What readers got wrong stands in the line of their request.
        "django.request": {"level": "ERROR"},
        # It names who tried to sign in, and from where.
        "axes": {"level": "CRITICAL"},
        "access": {"level": "WARNING" if DEBUG else "INFO"},
    },
}
