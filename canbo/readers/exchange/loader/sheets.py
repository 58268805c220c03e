"""The sheets of the workbook, as the contract names them."""

from __future__ import annotations

from functools import partial

from .catalogues import UNIT_KINDS, acts, catalogue, labels, unit_kind
from .spec import (
    Bad,
    Column,
    SheetSpec,
    as_text,
    card_number,
    choice,
    citizen_id,
    code,
    date,
    flag,
    header_key,
    number,
    text,
    whole_day,
)

NUMBER = Column("Số quyết định", "decision", text(90), example="12-QĐ/TU")
END_NUMBER = Column("Số quyết định kết thúc", "closing_decision", text(90))
NOTE = Column("Ghi chú", "note", text(2000))
FIX = Column("Sửa sai", "fix", flag, choices=("x",), help="Ghi x để hủy dòng cũ ghi sai; lý do ghi ở Ghi chú.")
FROM = partial(Column, "Từ ngày", "since", date, required=True, example="01/07/2020")
UNTIL = Column("Đến ngày", "until", date, help="Ngày cuối cùng còn hiệu lực; để trống nếu vẫn còn.")
PERSON = Column(
    "Mã hồ sơ",
    "person",
    code(),
    required=True,
    example="HS0001",
    help="Mã riêng của cơ quan hoặc số định danh 12 chữ số.",
)
UNIT = partial(Column, "Mã đơn vị", "unit", code(), required=True, example="DB01")
ENTRIES = {"kết nạp": "ket_nap", "kết nạp đảng viên": "ket_nap", "kết nạp lại": "ket_nap_lai",
           "chuyển đến": "chuyen_den", "chuyển sinh hoạt đến": "chuyen_den", "tiếp nhận sinh hoạt": "chuyen_den",
           "phục hồi": "phuc_hoi", "phục hồi đảng tịch": "phuc_hoi", "khôi phục đảng tịch": "phuc_hoi",
           "sắp xếp tổ chức": "sap_xep"}  # fmt: skip
EXITS = {"chuyển đi": "chuyen_di", "chuyển sinh hoạt đi": "chuyen_di", "từ trần": "tu_tran", "mất": "tu_tran",
         "qua đời": "tu_tran", "khai trừ": "khai_tru", "xóa tên": "xoa_ten", "xoá tên": "xoa_ten",
         "ra khỏi Đảng": "ra_khoi_dang", "xin ra khỏi Đảng": "ra_khoi_dang", "cho ra khỏi Đảng": "ra_khoi_dang",
         "xin ra Đảng": "ra_khoi_dang", "sắp xếp tổ chức": "sap_xep"}  # fmt: skip
CARDS = {"phát": "phat", "phát lần đầu": "phat", "đổi": "doi", "đổi thẻ": "doi", "cấp lại": "cap_lai",
         "phát thẻ": "phat"}  # fmt: skip
BADGES = {"thường": "thuong", "sớm": "som", "tặng sớm": "som", "truy tặng": "truy_tang"}
LEVELS = (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)
OPERATIONS = {"sáp nhập": "sap_nhap", "hợp nhất": "hop_nhat", "chia": "chia", "tách": "tach", "giải thể": "giai_the",
              "đổi tên": "doi_ten", "chuyển giao": "chuyen_giao", "kết thúc hoạt động": "ket_thuc", "đổi cấp": "doi_cap",
              "thành lập": "thanh_lap"}  # fmt: skip
POSITION_GROUPS = {"Lãnh đạo, quản lý": "lanh_dao", "lãnh đạo quản lý": "lanh_dao", "LĐQL": "lanh_dao",
                   "Chuyên môn nghiệp vụ": "chuyen_mon", "chuyên môn, nghiệp vụ": "chuyen_mon",
                   "nghiệp vụ chuyên ngành": "chuyen_mon", "Chuyên môn dùng chung": "dung_chung", "dùng chung": "dung_chung",
                   "nghiệp vụ chuyên môn dùng chung": "dung_chung", "Hỗ trợ, phục vụ": "ho_tro",
                   "hỗ trợ phục vụ": "ho_tro", "phục vụ": "ho_tro"}  # fmt: skip
SUBJECT = Column(
    "Mã hồ sơ hoặc mã đơn vị", "subject", code(), required=True, example="HS0001", aliases=("Mã hồ sơ", "Mã đơn vị")
)


def _badge_level(cell: object) -> object:
    return choice({str(n): n for n in LEVELS} | {f"{n} năm": n for n in LEVELS}, "loại Huy hiệu")(as_text(cell))


def _headcount(cell: object) -> object:
    value = number(whole=True, most=1000)(cell)
    return Bad("0 không phải là số lượng của một vị trí.", "Ghi từ 1 trở lên.") if value == 0 else value


def _specs() -> list[SheetSpec]:
    ethnic, religion = "people.catalogues.ethnic_groups", "people.catalogues.religions"
    opening, ending = "staffing.acts.opening", "staffing.acts.ending"
    ranks = "staffing.ranks.ranks"
    return [
        SheetSpec(
            "Đơn vị",
            (
                Column("Mã đơn vị", "code", code(), required=True, example="DB01"),
                Column("Tên đơn vị", "name", text(255), required=True, example="Đảng bộ huyện Hoa Sen"),
                Column(
                    "Loại hình",
                    "kind",
                    unit_kind,
                    required=True,
                    choices=tuple(labels(UNIT_KINDS, lower=True)),
                    example="đảng bộ cấp trên trực tiếp cơ sở",
                ),
                Column("Mã đơn vị cấp trên", "parent", code(), aliases=("Mã cấp trên",)),
                FROM(),
                UNTIL,
                Column("Mã tổ chức đảng", "party_code", code(20), example="38.168.053.000.001"),
                Column("Loại hình cơ sở", "base_type", text(80)),
                Column("Khu vực", "area", text(80)),
                NUMBER,
                FIX,
                NOTE,
            ),
            key=("code",),
            help="Mỗi dòng là một đơn vị trong một thời kỳ. Đổi tên, đổi cấp trên thì thêm dòng có Từ ngày mới.",
        ),
        SheetSpec(
            "Quan hệ đơn vị",
            (
                Column("Mã đơn vị cũ", "old", code(), required=True),
                Column("Mã đơn vị mới", "new", code(), required=True),
                Column("Ngày", "on", date, required=True, example="01/07/2025"),
                Column(
                    "Hình thức",
                    "operation",
                    choice(OPERATIONS, "hình thức"),
                    required=True,
                    choices=tuple(OPERATIONS),
                    example="sáp nhập",
                ),
                NUMBER,
                FIX,
                NOTE,
            ),
            key=("old", "new", "on"),
        ),
        SheetSpec(
            "Quyết định",
            (
                Column("Số ký hiệu", "number", text(60), required=True, example="12-QĐ/TU"),
                Column("Ngày ban hành", "issued_on", whole_day, required=True, example="15/03/2021"),
                Column("Cơ quan ban hành", "issuer", text(255), required=True, example="Ban Thường vụ Tỉnh ủy"),
                Column("Loại văn bản", "doc_type", text(60), example="Quyết định"),
                Column("Trích yếu", "abstract", text(2000), example="về công tác cán bộ"),
                Column("Ngày hiệu lực", "effective_on", whole_day),
                Column("Người ký", "signer", text(150)),
                Column("Chức vụ người ký", "signer_post", text(255)),
                Column("Thay mặt", "on_behalf", text(255)),
            ),
            key=("number", "issued_on", "issuer"),
        ),
        SheetSpec(
            "Hồ sơ",
            (
                Column("Mã hồ sơ", "code", code(), required=True, example="HS0001", help=PERSON.help),
                Column(
                    "Số định danh cá nhân",
                    "citizen_id",
                    citizen_id,
                    aliases=("CCCD", "Số CCCD", "Số căn cước"),
                    example="038199000001",
                ),
                Column(
                    "Họ và tên khai sinh",
                    "full_name",
                    text(150),
                    required=True,
                    aliases=("Họ và tên", "Họ tên"),
                    example="Nguyễn Thị Mẫu",
                ),
                Column("Tên gọi khác", "other_names", text(150)),
                Column(
                    "Giới tính",
                    "sex",
                    choice({"Nam": "nam", "Nữ": "nu"}, "giới tính"),
                    required=True,
                    choices=("Nam", "Nữ"),
                    example="Nữ",
                ),
                Column("Ngày sinh", "born_on", date, required=True, example="19/05/1985"),
                Column(
                    "Dân tộc",
                    "ethnic_group",
                    catalogue(ethnic, "dân tộc"),
                    required=True,
                    choices=tuple(labels(ethnic)),
                    example="Kinh",
                ),
                Column(
                    "Tôn giáo",
                    "religion",
                    catalogue(religion, "tôn giáo"),
                    choices=tuple(labels(religion)),
                    example="Không",
                ),
                Column("Quê quán", "home_town", text(255)),
                Column("Nơi thường trú", "residence", text(255)),
                Column("Nghề nghiệp hiện nay", "occupation", text(150)),
                Column("Trình độ giáo dục phổ thông", "general_education", text(60), example="12/12"),
                Column("Trình độ chuyên môn cao nhất", "qualification", text(120), example="Đại học"),
                Column("Chuyên ngành", "major", text(150)),
                Column("Lý luận chính trị", "political_theory", text(80), example="Trung cấp"),
                Column("Quản lý nhà nước", "state_management", text(80)),
                Column("Ngoại ngữ", "foreign_language", text(120)),
                Column("Tin học", "informatics", text(120)),
                Column("Ngạch", "rank", text(80)),
                Column("Bậc lương", "salary_step", text(20)),
                Column("Hệ số lương", "salary_coefficient", number(most=1000), example="3,66"),
                Column("Ngày tuyển dụng", "recruited_on", date),
                Column("Ngày mất", "died_on", whole_day),
                Column(
                    "Áp dụng từ",
                    "apply_on",
                    whole_day,
                    help="Ngày nội dung thay đổi có hiệu lực; để trống là ngày nạp.",
                ),
                FIX,
                NOTE,
            ),
            key=("code",),
        ),
        SheetSpec(
            "Chức vụ",
            (
                PERSON,
                UNIT(),
                Column("Chức vụ", "title", text(200), required=True, example="Phó Trưởng ban"),
                FROM(),
                UNTIL,
                Column(
                    "Hành vi",
                    "acts",
                    acts(opening),
                    required=True,
                    choices=tuple(labels(opening, lower=True)),
                    example="bổ nhiệm",
                    help="Một quyết định hai hành vi thì ghi: điều động, bổ nhiệm.",
                ),
                Column("Kiêm nhiệm", "concurrent", flag, choices=("x",)),
                Column("Thời hạn đến", "term_until", date),
                Column("Diện quản lý", "managed_by", text(120)),
                Column(
                    "Nhóm biên chế",
                    "staff_group",
                    text(80),
                    example="công chức",
                    help="Chỉ cần ghi ở đơn vị được giao từ hai nhóm trở lên.",
                ),
                NUMBER,
                Column(
                    "Hành vi kết thúc", "closing_act", acts(ending, opening), choices=tuple(labels(ending, lower=True))
                ),
                END_NUMBER,
                FIX,
                NOTE,
            ),
            key=("person", "unit", "title", "since"),
        ),
        SheetSpec(
            "Đảng viên",
            (
                PERSON,
                Column(
                    "Mã tổ chức đảng sinh hoạt",
                    "unit",
                    code(),
                    required=True,
                    example="CB01",
                    aliases=("Mã đơn vị", "Mã chi bộ"),
                    help="Mã đơn vị của chi bộ.",
                ),
                FROM(),
                UNTIL,
                Column(
                    "Hành vi",
                    "entry",
                    choice(ENTRIES, "hành vi"),
                    required=True,
                    choices=("kết nạp", "kết nạp lại", "chuyển đến", "phục hồi"),
                    example="kết nạp",
                ),
                Column("Ngày quyết định kết nạp", "admitted_on", date),
                Column("Ngày kết nạp", "ceremony_on", date, aliases=("Ngày vào Đảng",)),
                Column("Ngày chính thức", "official_on", date),
                Column("Số thẻ", "card_number", card_number),
                Column("Số lý lịch", "file_number", text(20)),
                Column(
                    "Hành vi kết thúc",
                    "closing_act",
                    choice(EXITS, "hành vi kết thúc"),
                    choices=("chuyển đi", "từ trần", "khai trừ", "xóa tên", "ra khỏi Đảng"),
                ),
                NUMBER,
                END_NUMBER,
                FIX,
                NOTE,
            ),
            key=("person", "unit", "since"),
        ),
        SheetSpec(
            "Thẻ đảng",
            (
                PERSON,
                Column("Ngày cấp", "on", date, required=True, example="19/05/2021"),
                Column(
                    "Hình thức",
                    "form",
                    choice(CARDS, "hình thức"),
                    required=True,
                    choices=("phát", "đổi", "cấp lại"),
                    example="phát",
                ),
                Column("Số thẻ", "number", card_number),
                NUMBER,
                FIX,
                NOTE,
            ),
            key=("person", "on"),
        ),
        SheetSpec(
            "Huy hiệu Đảng",
            (
                PERSON,
                Column("Loại", "years", _badge_level, required=True, choices=tuple(map(str, LEVELS)), example="30"),
                Column("Ngày trao", "on", date, required=True, example="03/02/2021"),
                Column("Hình thức", "form", choice(BADGES, "hình thức"), choices=("thường", "sớm", "truy tặng")),
                Column("Số huy hiệu", "number", text(20)),
                NUMBER,
                FIX,
                NOTE,
            ),
            key=("person", "years"),
        ),
        SheetSpec(
            "Đào tạo",
            (
                PERSON,
                Column("Khóa học", "course", text(255), required=True, example="Cao cấp lý luận chính trị K71"),
                Column("Từ ngày", "on", date, required=True, example="01/09/2021"),
                Column("Đến ngày", "ended_on", date),
                Column(
                    "Trình độ",
                    "level",
                    catalogue("training.levels.levels", "trình độ", lower=True, open_list=True),
                    required=True,
                    choices=tuple(labels("training.levels.levels", lower=True)),
                    example="cao cấp lý luận chính trị",
                ),
                Column(
                    "Hình thức",
                    "mode",
                    catalogue("training.levels.modes", "hình thức học", lower=True, open_list=True),
                    choices=tuple(labels("training.levels.modes", lower=True)),
                ),
                Column("Nơi học", "place", text(255)),
                Column("Kết quả", "result", text(255)),
                NUMBER,
                FIX,
                NOTE,
            ),
            key=("person", "course", "on"),
        ),
        SheetSpec(
            "Xếp loại",
            (
                SUBJECT,
                Column("Kỳ", "period", text(20), required=True, example="2025"),
                Column("Căn cứ", "basis", text(120), required=True, example="366-QĐ/TW"),
                Column("Điểm", "points", number(most=100_000)),
                Column("Mức", "grade", text(80), required=True, example="Hoàn thành tốt nhiệm vụ"),
                NUMBER,
                FIX,
                NOTE,
            ),
            key=("subject", "period", "basis"),
        ),
        SheetSpec(
            "Khen thưởng",
            (
                SUBJECT,
                Column("Hình thức", "form", text(120), required=True, example="Bằng khen"),
                Column("Ngày", "on", date, required=True, example="28/12/2020"),
                Column("Cơ quan", "authority", text(255)),
                NUMBER,
                Column("Lý do", "reason", text(2000)),
                FIX,
                NOTE,
            ),
            key=("subject", "form", "on"),
        ),
        SheetSpec(
            "Kỷ luật",
            (
                PERSON,
                Column("Hình thức", "form", text(80), required=True, example="khiển trách"),
                Column("Ngày", "since", date, required=True, example="05/04/2021"),
                UNTIL,
                Column("Cơ quan", "authority", text(255)),
                NUMBER,
                Column("Nội dung", "content", text(2000)),
                FIX,
                NOTE,
            ),
            key=("person", "form", "since"),
        ),
        SheetSpec(
            "Biên chế",
            (
                UNIT(),
                Column("Nhóm", "staff_group", text(80), required=True, example="công chức"),
                FROM(),
                UNTIL,
                Column("Giao", "assigned", number(whole=True, most=2**31), required=True, example="32"),
                Column("Là mốc so sánh", "baseline", flag, choices=("x",)),
                NUMBER,
                FIX,
                NOTE,
            ),
            key=("unit", "staff_group", "since"),
        ),
        SheetSpec(
            "Tổng biên chế giao",
            (
                UNIT(),
                Column("Nhóm", "staff_group", text(80), required=True, example="công chức"),
                FROM(),
                UNTIL,
                Column("Giao", "assigned", number(whole=True, most=2**31), required=True, example="1.250"),
                NUMBER,
                FIX,
                NOTE,
            ),
            key=("unit", "staff_group", "since"),
            help="Tổng của đơn vị và mọi đơn vị thuộc nó; số của riêng từng đơn vị ghi ở trang Biên chế.",
        ),
        SheetSpec(
            "Chỉ tiêu",
            (
                UNIT(),
                Column("Mã chỉ tiêu", "indicator", code(20), required=True, example="KN01"),
                Column("Kỳ", "period", code(30), required=True, example="2021"),
                Column("Giá trị", "value", number(most=10**12), required=True, example="3.750"),
                Column("Nhóm", "breakdown", text(80)),
                NUMBER,
                FIX,
                NOTE,
            ),
            key=("unit", "indicator", "period", "breakdown"),
        ),
        SheetSpec(
            "Vị trí việc làm",
            (
                UNIT(),
                Column("Mã vị trí", "code", code(30), required=True, example="CM01"),
                Column("Tên vị trí", "name", text(200), required=True, example="Chuyên viên về tổ chức đảng"),
                Column(
                    "Nhóm",
                    "group",
                    choice(POSITION_GROUPS, "nhóm vị trí việc làm"),
                    required=True,
                    choices=tuple(labels("staffing.positions.groups")),
                    example="Chuyên môn nghiệp vụ",
                ),
                Column(
                    "Ngạch tối thiểu",
                    "min_rank",
                    catalogue(ranks, "ngạch"),
                    choices=tuple(labels(ranks)),
                    example="Chuyên viên",
                ),
                Column("Ngạch cao nhất", "max_rank", catalogue(ranks, "ngạch"), choices=tuple(labels(ranks))),
                Column("Số lượng", "headcount", _headcount, required=True, example="3"),
                Column("Căn cứ", "legal_basis", text(255)),
                FROM(),
                UNTIL,
                NUMBER,
                END_NUMBER,
                FIX,
                NOTE,
            ),
            key=("unit", "code", "since"),
            help="Danh mục đã phê duyệt. Đổi tên, ngạch, số lượng thì thêm dòng có Từ ngày mới.",
        ),
        SheetSpec(
            "Bố trí vị trí việc làm",
            (
                PERSON,
                UNIT(),
                Column("Mã vị trí", "position_code", code(30), required=True, example="CM01"),
                FROM(),
                UNTIL,
                Column("Kiêm nhiệm", "concurrent", flag, choices=("x",)),
                NUMBER,
                END_NUMBER,
                FIX,
                NOTE,
            ),
            key=("person", "unit", "position_code", "since"),
        ),
    ]


def sheet_key(name: str) -> str:
    """Sheet names match like headers."""
    return header_key(name)


SHEETS: dict[str, SheetSpec] = {sheet_key(spec.name): spec for spec in _specs()}
BY_NAME: dict[str, SheetSpec] = {spec.name: spec for spec in SHEETS.values()}
