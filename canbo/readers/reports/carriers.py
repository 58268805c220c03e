"""Drafts of reports of a unit that ends go on as drafts of the one it became; issued reports stay what they are."""

from __future__ import annotations

from canbo.facts.organisation.carriers import Carrier

CARRIERS = (Carrier("report_draft", "bản nháp báo cáo", "reports_reportdraft", dated=False, same=("kind", "period")),)
