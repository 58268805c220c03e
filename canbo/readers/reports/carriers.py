"""Drafts of reports of a unit that ends go on as drafts of the one it became; issued reports stay what they are."""

from __future__ import annotations

from canbo.facts.organisation.carriers import Carrier

from .indicators import CATALOGUE

CARRIERS = (Carrier("report_draft", "bản nháp báo cáo", "reports_reportdraft", dated=False, same=("kind", "period")),)

RATIOS = tuple(indicator.code for indicator in CATALOGUE.values() if indicator.unit == "%")
"""Targets of these indicators are ratios: when units become one, they are not added up."""
