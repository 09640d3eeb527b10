"""The yearly report of training bodies (BPF, cerfa 10443): figures by part, and what they lack.

Article L6352-11 of the labour code wants it before 30 April of the next year. The lines are those
of the form; the firm types them on Mon Activité Formation and checks them there.
"""

from .gaps import Gap
from .lines import Line, Part
from .report import Report, report

__all__ = ["Gap", "Line", "Part", "Report", "report"]
