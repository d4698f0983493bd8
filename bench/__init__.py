"""Side-by-side measurements on a site of their own, which is gone when they end (性能对比)."""

import atexit
import os
import shutil
import tempfile

import django

# Before anything of the house is imported: its one settings file reads the environment.
_HOME = tempfile.mkdtemp(prefix="linli-bench-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ.update(
    LINLI_HOME=_HOME,
    LINLI_DEBUG="0",
    LINLI_DEMO="0",
    DJANGO_SETTINGS_MODULE="linli.config.settings",
)
django.setup()
