"""The codes that a symbol may carry, for reading symbols; the dated list of types is in the rulebooks.

The Party prints QĐ for both decision and regulation; the State prints no code on an official letter.
"""

from __future__ import annotations

_PARTY = "NQ QĐ QĐNS CT KL QC HD TB BC KH CTr CV BS CL TT TC TBo LKG QH ĐA PA DA TTr BB GGT GCN GĐĐ GNP GM PC PG"
_STATE = "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB SY TrS SL"

PARTY_CODES = tuple(_PARTY.split())
STATE_CODES = tuple(_STATE.split())
#: Codes of legal normative documents, which are cited but never issued here.
LEGAL_CODES = ("NĐ", "TT", "TTLT", "NQLT", "PL", "L", "LCT", "VBHN")

#: Capitals of a code to the way it is printed.
KNOWN_CODES = {code.upper(): code for code in (*PARTY_CODES, *STATE_CODES, *LEGAL_CODES)}
