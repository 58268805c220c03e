"""Background work (việc chạy nền) with progress, cancel, and survival of a restart."""
