"""A page as PDF, where the machine has what that takes."""

from functools import cache
from importlib import import_module
from typing import Any


class GeenPdf(Exception):
    """This machine cannot make a PDF: the libraries of the system that draw text (Pango) are not there."""


def als_pdf(html: str) -> bytes:
    """The page as PDF; what it would load from elsewhere is left out. Raises ``GeenPdf``."""
    weasyprint = _weasyprint()
    haalt_niets = weasyprint.urls.URLFetcher(allowed_protocols=())
    pdf: bytes = weasyprint.HTML(string=html, url_fetcher=haalt_niets).write_pdf()
    return pdf


@cache
def _weasyprint() -> Any:
    """It is loaded when the first PDF is asked for: that takes a second, and few nodes ever make one."""
    try:
        return import_module("weasyprint")
    except OSError as fout:  # a library of the system is not there
        raise GeenPdf(str(fout)) from fout
