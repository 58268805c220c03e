"""Forms of bringing a file, taking a load back, and taking data out."""

from __future__ import annotations

from django import forms

from canbo.foundation.ui.fields import VietnameseDateField


class UploadForm(forms.Form):
    """Bringing a workbook."""

    file = forms.FileField(
        label="Tệp Excel",
        help_text="Kéo tệp thả vào khung, hoặc bấm để chọn. Tệp .xlsx theo mẫu, tối đa 200 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm"}),
        error_messages={"required": "Chưa chọn tệp. Chọn tệp Excel có số liệu.", "empty": "Tệp rỗng. Chọn lại tệp."},
    )
    historical = forms.BooleanField(
        label="Số liệu lịch sử, không còn văn bản",
        required=False,
        help_text="Cho phép dòng không có số quyết định; các dòng ấy được đánh dấu là số liệu lịch sử ở mọi nơi. "
        "Không dùng cho việc đang diễn ra.",
    )


class UndoForm(forms.Form):
    """Why a load is taken back."""

    reason = forms.CharField(label="Lý do hoàn tác", max_length=500)


class ExportForm(forms.Form):
    """What is taken out."""

    under = forms.CharField(
        label="Mã đơn vị", required=False, max_length=40,
        help_text="Đơn vị ấy và mọi đơn vị bên dưới. Để trống: toàn bộ phạm vi của bạn.",
    )  # fmt: skip
    on = VietnameseDateField(
        label="Ngày", required=False, help_text="Chỉ dữ liệu có hiệu lực ngày ấy. Để trống: toàn bộ quá trình."
    )
