"""Writing evaluation: opening, steps, closing, appeals. Every write goes through here."""

from .opening import add_late_joiners, open_cycle

__all__ = ["add_late_joiners", "open_cycle"]
