"""Writing work: catalogues, giving tasks, results, answers, what goes on."""

from .accepting import accept, confirm, correct, fail, give_back, refuse, withdraw
from .answering import answer_cause, extend, hand_over, refuse_request
from .assigning import Part, Terms, assign, assign_each
from .carrying import carry_over, give_again
from .catalogue import Entry as ProductEntry
from .catalogue import end_product, set_products
from .loading import load_products
from .proposals import approve, decline, propose
from .repeating import end_series, give_turn, repeat
from .reporting import ask_cause, ask_extension, ask_handing, register, report, submit

__all__ = [
    "Part",
    "ProductEntry",
    "Terms",
    "accept",
    "answer_cause",
    "approve",
    "ask_cause",
    "ask_extension",
    "ask_handing",
    "assign",
    "assign_each",
    "carry_over",
    "confirm",
    "correct",
    "decline",
    "end_product",
    "end_series",
    "extend",
    "fail",
    "give_again",
    "give_back",
    "give_turn",
    "hand_over",
    "load_products",
    "propose",
    "refuse",
    "refuse_request",
    "register",
    "repeat",
    "report",
    "set_products",
    "submit",
    "withdraw",
]
