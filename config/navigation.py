"""The sidebar of the product, from top to bottom. A page that is not installed yet is simply left out."""

from canbo.foundation.ui.navigation import Item

ITEMS = [
    Item("desk", "Bàn làm việc", "desk", phone=True),
    Item("work_mine", "Việc của tôi", "check", "Nhiệm vụ", phone=True),
    Item("work_given", "Giao việc", "flag", "Nhiệm vụ", permission="work.assign"),
    Item("work_board", "Nhiệm vụ của đơn vị", "chart", "Nhiệm vụ", permission="work.read"),
    Item("work_products", "Danh mục sản phẩm", "quota", "Nhiệm vụ", permission="work.read"),
    Item("evaluation_mine", "Đánh giá của tôi", "draft", "Đánh giá", phone=True),
    Item("evaluation_tables", "Bảng đánh giá", "columns", "Đánh giá", permission="evaluation.score"),
    Item("people_list", "Con người", "people", "Hồ sơ", phone=True),
    Item("units_list", "Đơn vị", "units", "Hồ sơ"),
    Item("restructurings_list", "Sắp xếp tổ chức", "columns", "Hồ sơ", permission="restructuring.read"),
    Item("decisions_list", "Quyết định", "decision", "Hồ sơ"),
    Item("party_list", "Đảng viên", "member", "Công tác đảng"),
    Item("committees_list", "Cấp ủy", "flag", "Công tác đảng"),
    Item("assignments_list", "Chức vụ", "post", "Cán bộ"),
    Item("staffing_list", "Biên chế", "quota", "Cán bộ"),
    Item("positions_list", "Vị trí việc làm", "columns", "Cán bộ"),
    Item("training_list", "Đào tạo, bồi dưỡng", "training", "Cán bộ"),
    Item("indicators", "Chỉ tiêu", "chart", "Tổng hợp"),
    Item("evaluation_outputs", "Kết quả đánh giá", "report", "Đánh giá", permission="evaluation.read"),
    Item("evaluation_statistics", "Thống kê xếp loại", "chart", "Đánh giá", permission="evaluation.read"),
    Item("indicators", "Chỉ tiêu", "chart", "Tổng hợp"),
    Item("reports", "Báo cáo", "report", "Tổng hợp"),
    Item("import", "Nạp và xuất dữ liệu", "import", "Tổng hợp", permission="exchange.export"),
    Item("jobs_list", "Việc chạy nền", "clock", "Tổng hợp"),
    Item("rulebooks", "Bộ quy tắc đánh giá", "report", "Quản trị", permission="rules.read"),
    Item("audit_log", "Nhật ký", "log", "Quản trị", permission="audit.read"),
    Item("accounts_list", "Tài khoản, phân quyền", "key", "Quản trị", permission="access.manage"),
    Item("break_glass", "Mở khẩn cấp", "warning", "Quản trị", permission="access.manage"),
]
