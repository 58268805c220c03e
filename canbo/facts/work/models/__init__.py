"""The catalogue of products, tasks, what each person has of a task, and everything that happened to it."""

from .catalogue import Product, ProductProposal
from .share import Share, ShareEvent
from .task import Task, TaskSeries

__all__ = ["Product", "ProductProposal", "Share", "ShareEvent", "Task", "TaskSeries"]
