"""Units (đơn vị, tổ chức), their dated versions, the tree on any day, lineage."""
