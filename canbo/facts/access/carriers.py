"""Grants over a unit go on over the one it became, and delegations with them."""

from __future__ import annotations

from canbo.facts.organisation.carriers import Carrier

CARRIERS = (
    Carrier("grant", "phân quyền", "access_grant", same=("user_id", "role")),
    Carrier("delegation", "ủy quyền", "access_delegation", "grant_id", same=("delegate_id",), via="grant"),
)
