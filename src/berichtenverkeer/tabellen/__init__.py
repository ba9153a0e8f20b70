"""Tables as people have them: CSV and workbooks of Excel, read to rows of text and written from rows of values."""
