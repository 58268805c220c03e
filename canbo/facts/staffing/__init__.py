"""Posts held (giữ chức vụ) and staff quotas (biên chế)."""
