"""Settings of the portal: those of production unless PAQTE_ENVIRONMENT says demo or test."""

import os
from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured

from paqte_portal import database, environment
from paqte_portal.policy import content_security_policy
from paqte_portal.proconnect import proconnect_from_environment
from paqte_portal.register import register_from_environment

# ModelForm[Company], CharField[str, str]: Django's classes accept these at run time only after this.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = environment.environment_name()
PRODUCTION = ENVIRONMENT == "production"
DEMO = ENVIRONMENT == "demo"
TEST = ENVIRONMENT == "test"
DATA_DIR = Path(os.environ.get("PAQTE_DATA_DIR") or BASE_DIR / ".data").resolve()

# --- What must be right before anything is served -----------------------------------------------------------

DEBUG = DEMO and os.environ.get("PAQTE_DEBUG") == "1"
if PRODUCTION:
    if os.environ.get("PAQTE_TODAY"):
        raise ImproperlyConfigured("PAQTE_TODAY déplace le jour : elle n’existe qu’en démonstration.")
    SECRET_KEY = environment.production_secret()
    ALLOWED_HOSTS = environment.production_hosts()
    # Links in mails begin with it, never with what a request says: whoever asks chooses the Host header.
    PAQTE_BASE_URL = environment.base_url(ALLOWED_HOSTS)
    DATABASE_URL = environment.production_database()
else:
    SECRET_KEY = "only-for-tests-" + "0123456789" * 4 if TEST else environment.kept_secret(DATA_DIR / "secret_key")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *environment.words("ALLOWED_HOSTS")]
    PAQTE_BASE_URL = "http://testserver" if TEST else f"http://127.0.0.1:{environment.whole_number('PORT', 8000)}"
    DATABASE_URL = os.environ.get("DATABASE_URL", "")

# The demonstration happens in July 2020, when the référents write the bilan of the first semester.
PAQTE_TODAY = environment.day("PAQTE_TODAY", "2020-07-10" if DEMO else "")
PAQTE_DEMO_PASSWORD = os.environ.get("PAQTE_DEMO_PASSWORD", "")

# --- What the portal is made of -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "paqte_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "widget_tweaks",
    "dsfr",
    "crispy_forms",
    "csp",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "documents.apps.DocumentsConfig",
    "territories.apps.TerritoriesConfig",
    "accounts.apps.AccountsConfig",
    "workflows.apps.WorkflowsConfig",
    "companies.apps.CompaniesConfig",
    "indicators.apps.IndicatorsConfig",
    "conventions.apps.ConventionsConfig",
    "reporting.apps.ReportingConfig",
    "national.apps.NationalConfig",
    "privacy.apps.PrivacyConfig",
    "demonstration.apps.DemonstrationConfig",
]
MIDDLEWARE = [
    "accounts.incidents.ReferenceMiddleware",
    # Before the others, so that what they refuse carries the policy too.
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.ResponseHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.PortalSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.SignInMiddleware",
    "accounts.middleware.LocalTimeMiddleware",
    "accounts.middleware.TrailMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.MethodMiddleware",
    "axes.middleware.AxesMiddleware",
    "accounts.middleware.LimitMiddleware",
    "workflows.middleware.RefusalMiddleware",
    "accounts.middleware.UniquenessMiddleware",
]
ROOT_URLCONF = "paqte_portal.urls"
WSGI_APPLICATION = "paqte_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.frame",
            ],
            "libraries": {"portal": "dsfr_forms.filters"},
        },
    }
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Language and time --------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# --- Database -----------------------------------------------------------------------------------------------

DATABASES = {"default": database.settings_of(DATABASE_URL, DATA_DIR, testing=TEST)}
if not (PRODUCTION or TEST):
    DATA_DIR.mkdir(parents=True, exist_ok=True)
# What takes seconds is done by `manage.py run_tasks`, whose list is in the database; tests do it at once.
AT_ONCE, LATER = "django_tasks.backends.immediate.ImmediateBackend", "django_tasks_db.DatabaseBackend"
TASKS = {"default": {"BACKEND": AT_ONCE if TEST else LATER}}

# --- Accounts and sessions ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/tableau-de-bord/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 60 * 60
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"] if TEST else ["accounts.hashers.OwaspArgon2PasswordHasher"]
)
# Length, not composition (OWASP ASVS 5, 6.2): a sentence is easier to keep than a forest of symbols.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.guessable.ContextValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "accounts.proconnect.ProConnectBackend",
]
# Whether the State's agents must have a second factor; anybody may.
PAQTE_SECOND_FACTOR = os.environ.get("PAQTE_SECOND_FACTOR") == "1"
OTP_TOTP_ISSUER = "Portail PAQTE"
PROCONNECT = proconnect_from_environment()
# The State's register of companies, asked about a SIRET when a référent wants so; empty, nobody is.
COMPANY_REGISTER = register_from_environment()

# Ten failures close the door to this pair of account and address for a quarter of an hour, before any hash is computed.
# The pair, so that nobody can lock somebody else out from another place; what is counted over many accounts or many
# networks is slowed down by accounts.guessing (decision 10).
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.throttle.typed_address"
AXES_CLIENT_IP_CALLABLE = "accounts.throttle.client_address"
AXES_LOCKOUT_CALLABLE = "accounts.error_views.too_many_attempts"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

SESSION_ENGINE = "accounts.sessions"
# Two hours without use, twelve hours after signing in: the second is kept by the server alone.
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_LONGEST_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
KNOWN_BROWSER_COOKIE_NAME = "navigateur"
KNOWN_BROWSER_COOKIE_AGE = 180 * 24 * 60 * 60
CSRF_FAILURE_VIEW = "accounts.error_views.csrf_failure"

# --- What every answer carries ------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = content_security_policy(form_targets=PROCONNECT["ORIGINS"] if PROCONNECT else ())
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# How many proxies of ours stand in front: their X-Forwarded-* headers are believed, nobody else's are.
TRUSTED_PROXIES = environment.whole_number("TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    KNOWN_BROWSER_COOKIE_NAME = "__Host-navigateur"

# A submission grid of 38 indicators has some two hundred fields; a whole import preview has more.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

# --- Static files and stored files --------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("PAQTE_STATIC_ROOT") or BASE_DIR / "staticfiles") if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Outside production the files are served from where they are: nothing to collect before the first page.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG or TEST
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
# The checksums are those of the files before the manifest storage rewrites their addresses: browsers refuse them.
DSFR_USE_INTEGRITY_CHECKSUMS = False

# --- Mail ---------------------------------------------------------------------------------------------------

EMAIL_BACKEND = {
    "production": "django.core.mail.backends.smtp.EmailBackend",
    "demo": "django.core.mail.backends.filebased.EmailBackend",
    "test": "django.core.mail.backends.locmem.EmailBackend",
}[ENVIRONMENT]
EMAIL_FILE_PATH = DATA_DIR / "mails"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.whole_number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"
EMAIL_TIMEOUT = 10
if PRODUCTION:
    DEFAULT_FROM_EMAIL = environment.mail_address("DEFAULT_FROM_EMAIL", "l’expéditeur des courriels du portail")
    # The functional address of the circular is typed by whoever installs a real portal, and by nobody else.
    CGET_BILAN_ADDRESS = environment.mail_address("CGET_BILAN_ADDRESS", "l’adresse fonctionnelle qui reçoit les bilans")
    CONTACT_ADDRESS = environment.mail_address("CONTACT_ADDRESS", "l’adresse à qui écrire au sujet du portail")
    DPO_ADDRESS = environment.mail_address("DPO_ADDRESS", "l’adresse du délégué à la protection des données")
else:
    DEFAULT_FROM_EMAIL = "Portail PAQTE <ne-pas-repondre@paqte.demo.example>"
    CGET_BILAN_ADDRESS = "paqte@cget.demo.example"
    CONTACT_ADDRESS = "contact@paqte.demo.example"
    DPO_ADDRESS = "donnees@paqte.demo.example"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Queued mails leave as soon as their transaction is committed; what failed then waits for `send_mails`.
PAQTE_MAIL_AFTER_COMMIT = not PRODUCTION

# --- Who answers for the portal -----------------------------------------------------------------------------

# What the legal notice must name (loi n° 2004-575, article 1-1): nobody can guess it, and no page may leave it out.
if PRODUCTION:
    PUBLISHER = environment.sentence("PUBLISHER", "le nom et l’adresse du service éditeur")
    PUBLICATION_DIRECTOR = environment.sentence("PUBLICATION_DIRECTOR", "le nom du directeur de la publication")
    HOSTING = environment.sentence("HOSTING", "le nom, l’adresse et le téléphone de l’hébergeur")
else:
    PUBLISHER = "Préfecture de démonstration, service inventé, sans adresse"
    PUBLICATION_DIRECTOR = "Camille Terril, personne inventée"
    HOSTING = "La machine sur laquelle tourne cette démonstration"

# --- Forms, logs -----------------------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "crispy_dsfr"
CRISPY_FAIL_SILENTLY = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"reference": {"()": "accounts.incidents.LogFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(reference)s] %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["reference"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING" if TEST else "INFO"},
    "loggers": {  # silenced: a line per page laid out, three per sign-in, two per task and per look at their list
        "django": {"handlers": [], "propagate": True},
        **{name: {"level": "WARNING"} for name in ("axes", "weasyprint.progress", "fontTools", "django_tasks")},
        "django_tasks_db": {"level": "WARNING"},
    },
}
