import pytest

from recrutement import pdf_inspection
from recrutement.services import cv


@pytest.fixture
def quick_inspection(monkeypatch):
    """The same inspection without its process, which `test_cv.py` tries for good."""

    def inspect(data: bytes) -> int:
        try:
            return pdf_inspection.inspect(data)
        except pdf_inspection.Unacceptable as refusal:
            raise cv._refused(str(refusal)) from refusal

    monkeypatch.setattr(cv, "inspect", inspect)
