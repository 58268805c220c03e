"""Sign-in (đăng nhập), password policy, lock-out, sessions.

Never knows what an account may see: that is ``facts.access``.
"""
