"""Entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()


def _warm() -> None:
    """Every process imports its pages and rules before it takes a request; else the first reader of each waits for it."""
    from django.urls import get_resolver

    from canbo.foundation import rulebooks

    _ = get_resolver().url_patterns
    rulebooks.current()


_warm()
