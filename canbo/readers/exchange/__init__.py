"""The workbook in and out (nạp, xuất tệp Excel): all faults at once, nothing lost."""
