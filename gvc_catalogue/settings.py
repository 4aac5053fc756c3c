"""Django settings. Settings that differ between installations are read from environment variables only:

SECRET_KEY      signs sessions and forms; without it a secret is generated and stored in var/secret_key
DEBUG           yes shows debug pages; never on a host that others can reach
DATABASE_URL    postgresql://user:password@host:5432/name or sqlite:///file; default var/catalogue.sqlite3
DATABASE_REPLICA_URL  read replica for requests of readers, one or more PostgreSQL hosts; default the primary
ALLOWED_HOSTS   allowed Host headers, comma-separated
INDEX_DIR       folder of this node's search index; default var/index; it can be built again at any time
HTTPS           yes where clients connect by HTTPS (through a proxy that sets X-Forwarded-Proto)
TRUSTED_PROXIES addresses of proxies whose X-Forwarded-For is trusted; default with HTTPS=yes 127.0.0.1,::1, else none
REQUIRE_ONE_TIME_CODES  yes requires 2FA (password and one-time code) of publishers and administrators
LOG_QUERIES     yes logs full request addresses with query strings, and exception messages

WEB_THREADS     concurrent requests per process
WEB_WAITING     queued requests per process; more are rejected with 503

They are parsed by configuration.py, with those of the server.
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

# Concurrent and queued requests per process; see gvc_catalogue/web/middleware/admission_control.py.
WEB_THREADS = loaded.web_threads
WEB_WAITING = loaded.web_waiting
# Patterns of paths with a quota of their own: exports of whole lists, and pages that count all records.
COSTLY_ADDRESSES = [
    r"/(programmes|recommendations|citations/\w+)\.(csv|xlsx|bib|ris)$",
    r"/(examples|evidence-map|recommendations)\.(csv|json)$",
    r"/(evidence-map|compare)/$",
    r"/sitemap-programmes-",
    r"/api/$",
]
# Path prefixes to which passwords and one-time codes are sent; they have a quota too.
PASSWORD_ADDRESSES = ["/admin/login/", "/admin/code/", "/admin/password_change/"]

INDEX_DIR = loaded.index_dir

# The direction of imports is checked by [tool.importlinter] in pyproject.toml.
# The catalogue's apps are first: their templates and commands override others of the same name.
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

# Sessions and messages do nothing on the pages of readers, who get no cookie.
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

# The first backend authenticates no user: it counts failed attempts and enforces the lockout.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "gvc_catalogue.accounts.backend.Backend"]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "gvc_catalogue.web.middleware.trusted_proxies.client_network"
AXES_USERNAME_CALLABLE = "gvc_catalogue.accounts.lockout.lockout_username"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Attempts during a lockout do not extend it: it ends at the time that the page shows.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "gvc_catalogue.accounts.lockout.lockout_response"
# Privacy: no log of sign-ins is stored. Failed attempts have a page of the catalogue in the admin.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "GVC Policy Catalogue"

# Redirect after a sign-in with `next` missing or not allowed.
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

# Static files have hashed names (cache busting), except with DEBUG.
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

# All resources have the same origin; no inline scripts or styles.
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

# Maximum body size in bytes by path prefix, first match; see gvc_catalogue/web/middleware/body_limit.py.
LARGEST_BODIES = {"/admin/": 20_000_000, "/": 500_000}

# No script reads the cookie. Django's defaults for nosniff, X-Frame-Options and Referrer-Policy are kept.
CSRF_COOKIE_HTTPONLY = True
# A link from another site opens the admin without the session.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
# Browsers accept a cookie with the prefix __Host- from this exact host only, and only over HTTPS.
SESSION_COOKIE_NAME = f"{'__Host-' if HTTPS else ''}sessionid"
CSRF_COOKIE_NAME = f"{'__Host-' if HTTPS else ''}csrftoken"
# A working day.
SESSION_COOKIE_AGE = 12 * 3600
# Messages of the admin are stored in the session, so that they need no cookie of their own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "gvc_catalogue.site.views.refused"

# These four need HTTPS: without it they would lock readers out.
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# The proxy must overwrite this header, as a client can send it too.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Health checks come from behind the proxy: they are not redirected to HTTPS.
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
    # Django's own handlers are off: one sends mail, the other would duplicate these entries.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Client errors (4xx) are in the access log.
        "django.request": {"level": "ERROR"},
        # axes logs user names and client addresses of sign-in attempts: personal data.
        "axes": {"level": "CRITICAL"},
        "access": {"level": "WARNING" if DEBUG else "INFO"},
    },
}
