"""What was done, by whom, when: a hash-chained log (nhật ký) and the ``@action`` decorator.

Also holds the guards that make the database refuse rewriting and deletion.
"""
