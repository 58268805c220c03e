"""Members of a cell that ends go on in the one that succeeds it; that is no transfer of membership."""

from __future__ import annotations

from canbo.facts.organisation.carriers import Carrier

CARRIERS = (
    Carrier(
        "membership",
        "đảng viên",
        "party_membership",
        person="person_id",
        closing={"closing_act": "'sap_xep'"},
        opening={"entry": "'sap_xep'"},
        shelf="dang",
    ),
)
