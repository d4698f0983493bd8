"""django-helpdesk as its documentation sets it up: ten queues, twenty staff, two follow-ups a ticket (同类).

``python helpdesk_site.py fill N`` makes the tables and prints a session as JSON; ``application`` serves.
"""

import json
import sys
from datetime import UTC, datetime, timedelta

import django
from django.conf import settings
from django.urls import include, path
from where import databases

settings.configure(
    SECRET_KEY="measured",
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES=databases(),
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEBUG=False,
    SITE_ID=1,
    STATIC_URL="/static/",
    LOGIN_URL="/login/",
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "django.contrib.sites",
        "django.contrib.humanize",
        "rest_framework",
        "helpdesk",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.debug",
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    HELPDESK_TEAMS_MODE_ENABLED=False,
)
django.setup()

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

QUEUES, STAFF, FOLLOW_UPS, BATCH = 10, 20, 2, 2000

urlpatterns = [path("admin/", admin.site.urls), path("", include("helpdesk.urls", namespace="helpdesk"))]


def fill(size: int) -> None:
    """Make queues, staff, tickets with their follow-ups, and print the session of one of the staff."""
    from helpdesk.models import FollowUp, Queue, Ticket

    call_command("migrate", verbosity=0)
    open_to_all = {"allow_public_submission": True}
    queues = [Queue.objects.create(title=f"Queue {n}", slug=f"q{n}", **open_to_all) for n in range(QUEUES)]
    people = get_user_model().objects
    staff = [people.create_superuser(f"staff{n}", f"s{n}@example.cn", None) for n in range(STAFF)]
    start = datetime.now(UTC)
    for first in range(0, size, BATCH):
        tickets = Ticket.objects.bulk_create(
            Ticket(
                title=f"下水道盖板破损 {n}",
                queue=queues[n % QUEUES],
                assigned_to=staff[n % STAFF] if n % 3 else None,
                submitter_email="somebody@example.cn",
                status=1 if n % 5 < 2 else 4,
                description="1栋门前下水道盖板破损，老人差点绊倒。",
                priority=1 + n % 5,
                created=start - timedelta(minutes=n),
            )
            for n in range(first, min(first + BATCH, size))
        )
        FollowUp.objects.bulk_create(
            FollowUp(ticket=one, title="Comment", comment="已派单，正在处理。", public=True, user=staff[0])
            for one in tickets
            for _ in range(FOLLOW_UPS)
        )
    print(json.dumps({"session": _session(staff[0])}))


def _session(user) -> str:
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    return session.session_key


if __name__ == "__main__":
    fill(int(sys.argv[2]))
else:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
