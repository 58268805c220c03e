"""What may not become a paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from canbo.foundation.kernel.violation import Refused
from canbo.foundation.papers.blocks import Appendix, Heading, Items, Paper, Paragraph, Signing, Text
from canbo.foundation.papers.docx import render_docx
from canbo.foundation.papers.pdf import render_pdf

from .samples import PARTY, STATE


def codes(paper: Paper) -> list[str]:
    with pytest.raises(Refused) as caught:
        render_docx(paper)
    return [v.code for v in caught.value.violations]


@pytest.mark.parametrize("secrecy", ["Mật", "tối mật", "", "TUYỆT MẬT"])
def test_only_papers_without_secrecy(secrecy: str) -> None:
    paper = replace(STATE, secrecy=secrecy)
    assert codes(paper) == ["PAPERS-SECRECY"]
    with pytest.raises(Refused):
        render_pdf(paper)


@pytest.mark.parametrize(
    "block", [Heading("TỐI  MẬT"), Paragraph((Text("M"), Text("ẬT"))), Items(("Một", "TUYỆT MẬT")), Paragraph(" MẬT ")]
)
def test_a_stamp_in_the_text_is_refused(block: Heading | Paragraph | Items) -> None:
    assert codes(replace(PARTY, body=(block,))) == ["PAPERS-SECRET-STAMP"]
    assert codes(replace(PARTY, appendices=(Appendix("A", (block,)),))) == ["PAPERS-SECRET-STAMP"]


def test_speaking_of_secrets_is_no_stamp() -> None:
    assert render_docx(replace(PARTY, body=(Paragraph("Bảo vệ bí mật nhà nước. Không mật."),), appendices=()))


def test_each_system_has_its_own_signing_forms() -> None:
    mandate = Signing("by_mandate", "Giám đốc", "Trưởng phòng", "Mai Văn Bình")
    assert codes(replace(PARTY, signings=(mandate,))) == ["PAPERS-SIGNING-FORM"]
    assert render_docx(replace(STATE, signings=(mandate,)))
    assert codes(replace(STATE, signings=(replace(mandate, body=" "),))) == ["PAPERS-SIGNING-BODY"]


def test_all_reasons_come_at_once() -> None:
    paper = replace(STATE, urgency="gấp", secrecy="mật", issuer=" ")
    assert codes(paper) == ["PAPERS-SECRECY", "PAPERS-URGENCY", "PAPERS-EMPTY"]
