"""Layout, components, lists, forms, charts, styles.

No feature package's words are known here.
"""
