"""Types of documents with their symbols: 25 named types and 8 papers of the Party, 29 types of the State.

The Party prints QĐ for both decision and regulation; the State prints no code on an official letter.
Source: Quy định 399-QĐ/TW of 09/01/2026 and Nghị định 30/2020/NĐ-CP. ``sure`` is False where only the name
was found in the text and the code is the usual one.
"""

from __future__ import annotations

from dataclasses import dataclass

from .blocks import System


@dataclass(frozen=True)
class DocType:
    """A type of document: system, Vietnamese name, code in the symbol, whether the code was seen in a source."""

    system: System
    name: str
    code: str
    sure: bool = True


def _types(system: System, sure: str, unsure: str) -> list[DocType]:
    pairs = [(line, True) for line in sure.split(";")] + [(line, False) for line in unsure.split(";")]
    found = []
    for pair, certain in pairs:
        name, _, code = pair.strip().partition("=")
        found.append(DocType(system, name, code, certain))
    return found


DOC_TYPES: tuple[DocType, ...] = (
    *_types(
        "party",
        "Cương lĩnh chính trị; Điều lệ Đảng; Nghị quyết=NQ; Quyết định=QĐ; Quyết định nhân sự=QĐNS; Chỉ thị=CT;"
        "Kết luận=KL; Quy chế=QC; Quy định=QĐ; Hướng dẫn=HD; Thông báo=TB; Báo cáo=BC; Kế hoạch=KH;"
        "Chương trình=CTr; Công văn=CV; Bản sao=BS",
        "Chiến lược=CL; Thông tri=TT; Thông cáo=TC; Tuyên bố=TBo; Lời kêu gọi=LKG; Quy hoạch=QH; Đề án=ĐA;"
        "Phương án=PA; Dự án=DA; Tờ trình=TTr; Biên bản=BB; Giấy giới thiệu=GGT; Giấy chứng nhận=GCN;"
        "Giấy đi đường=GĐĐ; Giấy nghỉ phép=GNP; Giấy mời=GM; Phiếu chuyển=PC; Phiếu gửi=PG; Thư công",
    ),
    *_types(
        "state",
        "Quyết định=QĐ; Chỉ thị=CT; Thông cáo=TC; Thông báo=TB; Hướng dẫn=HD; Chương trình=CTr; Kế hoạch=KH;"
        "Phương án=PA; Đề án=ĐA; Báo cáo=BC; Biên bản=BB; Tờ trình=TTr; Hợp đồng=HĐ; Công văn; Công điện=CĐ;"
        "Giấy mời=GM; Phiếu gửi=PG; Phiếu chuyển=PC",
        "Nghị quyết=NQ; Quy chế=QC; Quy định=QyĐ; Dự án=DA; Bản ghi nhớ=BGN; Bản thoả thuận=BTT;"
        "Giấy uỷ quyền=GUQ; Giấy giới thiệu=GGT; Giấy nghỉ phép=GNP; Phiếu báo=PB; Thư công;"
        "Bản sao y=SY; Bản trích sao=TrS; Bản sao lục=SL",
    ),
)

# Codes of legal normative documents, which the desk cites but never issues.
_LEGAL = ("NĐ", "TT", "TTLT", "NQLT", "PL", "L", "VBHN", "LCT")

#: Capitals of a code to the way it is printed.
KNOWN_CODES: dict[str, str] = {t.code.upper(): t.code for t in DOC_TYPES if t.code} | {c: c for c in _LEGAL}


def doc_type(system: System, name: str) -> DocType:
    """The type of that name.

    Raises:
        KeyError: when the system has no such type.
    """
    for found in DOC_TYPES:
        if found.system == system and found.name.casefold() == name.casefold():
            return found
    raise KeyError(f"Không có thể loại “{name}”")
