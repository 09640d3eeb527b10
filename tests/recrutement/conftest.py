import pytest

from recrutement.services import cv
from site_enys.uploads import pdf_inspection


@pytest.fixture
def quick_inspection(monkeypatch):
    """The same inspection without its process, which `test_cv.py` tries for good."""

    def inspect(data: bytes) -> int:
        try:
            return pdf_inspection.inspect(data)
        except pdf_inspection.Unacceptable as refusal:
            raise cv._refused(str(refusal)) from refusal

    monkeypatch.setattr(cv, "inspect", inspect)
