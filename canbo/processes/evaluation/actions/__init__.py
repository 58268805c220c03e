"""Writing evaluation: opening, steps, closing, appeals. Every write goes through here."""

from .advising import advise
from .appeals import answer_appeal, file_appeal, withdraw_appeal
from .axes import approve_axes, propose_axes
from .closing import close_cycle
from .deciding import decide
from .inputs import record_finding, record_leave, suggest, void_finding, void_leave
from .managing import advance, allow_more, correct_sheet, extend_deadline
from .opening import add_late_joiners, open_cycle
from .own import answer_suggestion, explain, recall, save_form, save_self, submit_self
from .reminding import remind
from .replacing import replace_result
from .returning import give_back
from .reviewing import save_review, submit_reviews
from .rows import Advice, Review, Verdict, as_points

# fmt: off
__all__ = [
    "Advice",
    "Review",
    "Verdict",
    "add_late_joiners",
    "advance",
    "advise",
    "allow_more",
    "answer_appeal",
    "answer_suggestion",
    "approve_axes",
    "as_points",
    "close_cycle",
    "correct_sheet",
    "decide",
    "explain",
    "extend_deadline",
    "file_appeal",
    "give_back",
    "open_cycle",
    "propose_axes",
    "recall",
    "record_finding",
    "record_leave",
    "remind",
    "replace_result",
    "save_form",
    "save_review",
    "save_self",
    "submit_reviews",
    "submit_self",
    "suggest",
    "void_finding",
    "void_leave",
    "withdraw_appeal",
]
# fmt: on
