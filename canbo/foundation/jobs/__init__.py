"""Background work (việc chạy nền) with progress, cancel, and survival of a restart.

A package declares its kinds of work in ``tasks.py`` (named in ``settings.JOB_MODULES``) with ``@job("package.verb")``;
``actions.submit`` puts one into the queue inside the caller's transaction. The queue is procrastinate's, in PostgreSQL.
"""
