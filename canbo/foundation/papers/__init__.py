"""Official documents (văn bản): layout profiles of the Party and the State; docx, pdf.

Knows blocks of text and tables, never where their figures come from.
"""
