"""``canbo indicators``, ``value``, ``rows``, ``report`` and ``form``."""
