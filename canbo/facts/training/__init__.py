"""Courses and certificates (đào tạo, bồi dưỡng)."""
