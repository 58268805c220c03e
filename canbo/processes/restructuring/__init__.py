"""Restructuring (sắp xếp tổ chức): from the scheme to the decision that changes units, and the handing over."""
