"""The entrance for web servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
application = get_wsgi_application()

from linli.rulebook import asking  # noqa: E402  (once the applications are loaded)

asking.warm()
# What is loaded now stays: no request need search it for what may be forgotten.
gc.freeze()
