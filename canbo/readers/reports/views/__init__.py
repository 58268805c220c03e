"""Pages of indicators, reports, issues and statistical forms."""
