"""What is asked when a decision is written or annulled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from canbo.foundation import rulebooks
from canbo.foundation.ui.fields import VietnameseDateField

from .acts import Act, ActField

MOST_ROWS = 500
DOC_TYPES = ("Quyết định", "Quyết định nhân sự", "Nghị quyết", "Kết luận", "Thông báo")


class AnnulForm(forms.Form):
    """The day and the reason; the decision that annuls it, if there is one."""

    on = VietnameseDateField(label="Ngày hủy")
    reason = forms.CharField(label="Lý do hủy", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    by = forms.CharField(
        label="Số quyết định hủy", max_length=60, required=False, help_text="Để trống nếu hủy vì ghi nhầm."
    )


class HeadForm(forms.Form):
    """What the head of the paper says. Nothing is required: a draft may lack anything."""

    number = forms.CharField(
        label="Số, ký hiệu", max_length=60, help_text="Chưa có số thì ghi ký hiệu, ví dụ -QĐ/TU hoặc /QĐ-SNV."
    )
    issued_on = VietnameseDateField(label="Ngày ban hành")
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=255)
    doc_type = forms.CharField(label="Loại văn bản", max_length=60)
    abstract = forms.CharField(
        label="Trích yếu",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Văn bản có nội dung bí mật nhà nước không ghi vào hệ thống này.",
    )
    effective_on = VietnameseDateField(label="Có hiệu lực từ", help_text="Để trống nếu từ ngày ban hành.")
    on_behalf = forms.CharField(label="Ký thay mặt, ký thay", max_length=255, help_text="Ví dụ: T/M Ban Thường vụ.")
    signer_post = forms.CharField(label="Chức vụ người ký", max_length=255)
    signer = forms.CharField(label="Người ký", max_length=150)
    custodian = forms.CharField(
        label="Mã đơn vị quản lý văn bản", max_length=40, help_text="Ai xem được đơn vị này thì xem được văn bản."
    )

    def __init__(self, *args: Any, keepers: Sequence[tuple[str, str]] = (), **kwargs: Any):
        super().__init__(*args, **{**kwargs, "use_required_attribute": False})
        if keepers:
            choices = [("", "Chọn"), *keepers] if len(keepers) > 1 else list(keepers)
            self.fields["custodian"] = forms.ChoiceField(label="Đơn vị quản lý văn bản", choices=choices)
        else:
            self.fields["custodian"].widget.attrs |= _offered("unit")
        self.fields["issuer"].widget.attrs |= _offered("issuer")
        self.fields["doc_type"].widget.attrs |= {"list": "ds-loai", "autocomplete": "off"}
        for field in self.fields.values():
            field.required = False


def _offered(kind: str) -> dict[str, str]:
    """Marks a field whose suggestions are asked for while one types."""
    return {"list": f"goi-y-{kind}", "data-lookup": kind, "autocomplete": "off"}


def _cell(column: ActField) -> forms.Field:
    if column.kind == "flag":
        return forms.BooleanField(label=column.label, required=False)
    if column.kind == "choice":
        return forms.ChoiceField(label=column.label, required=False, choices=[("", ""), *column.choices])
    attrs: dict[str, Any] = {"autocomplete": "off"}
    if column.kind in ("person", "unit"):
        attrs |= _offered(column.kind)
    elif column.kind == "date":
        attrs |= {"placeholder": "dd/mm/yyyy", "inputmode": "numeric"}
    elif column.catalogue:
        attrs["list"] = _list_id(column)
    label = column.label if column.required else f"{column.label} (nếu có)"
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs))


def grid_of(act: Act, prefix: str, rows: Sequence[Mapping[str, str]], blank: int = 2) -> forms.BaseFormSet:
    """The grid of one act: whom it is about, then what the act needs to know; filled, with a few blank rows."""
    who = "Người (mã hoặc họ tên)" if act.subject == "person" else "Đơn vị (mã hoặc tên)"
    subject = forms.CharField(
        label=who,
        required=False,
        widget=forms.TextInput({**_offered(act.subject), "class": "subject"}),
    )
    fields = {"subject": subject, **{column.name: _cell(column) for column in act.fields}}
    row_form = type("RowForm", (forms.Form,), fields)
    total = min(MOST_ROWS, max(len(rows) + blank, 3))
    data = {f"{prefix}-TOTAL_FORMS": str(total), f"{prefix}-INITIAL_FORMS": "0"}
    for index, row in enumerate(rows):
        data |= {f"{prefix}-{index}-{name}": text for name, text in row.items() if text}
    return forms.formset_factory(row_form, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)(data, prefix=prefix)


def word_lists(acts: Sequence[Act], day: dt.date) -> dict[str, list[str]]:
    """What the rulebooks offer for the columns of some acts, by the id of the list in the page."""
    lists = {"ds-loai": list(DOC_TYPES)}
    for act in acts:
        for column in act.fields:
            words = [word for path in column.catalogue for word in _labels(path, day)]
            if words:
                lists[_list_id(column)] = list(dict.fromkeys(words))
    return lists


def _list_id(column: ActField) -> str:
    return "ds-" + "-".join(column.catalogue).replace(".", "-")


def _labels(path: str, day: dt.date) -> list[str]:
    try:
        return [row.label for row in rulebooks.current().catalogue(path, on=day)]
    except (rulebooks.NoRuleInForce, rulebooks.UnknownRule):
        return []
