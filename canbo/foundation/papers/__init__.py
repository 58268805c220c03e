"""Official documents (văn bản): layout profiles of the Party and the State; docx, pdf.

Knows blocks of text and tables, never where their figures come from::

    paper = Paper(system="party", profile_on=day, issuer="Ban Tổ chức", superior="Tỉnh uỷ Mẫu", doc_type="Báo cáo",
                  type_code="BC", issuer_code="BTCTU", abstract="kết quả tháng 8", body=(Paragraph("…"),))
    word, pdf = render_docx(paper), render_pdf(paper, spelling="uỷ")

``blocks`` holds the values, ``layout`` the dated measures, ``compose`` the words of every cell, ``docx`` and
``pdf`` the renderers, ``symbol`` the reading of numbers and symbols.
"""
