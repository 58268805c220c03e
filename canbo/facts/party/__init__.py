"""Party membership (đảng viên): stays in a cell, cards, badges, seniority."""
