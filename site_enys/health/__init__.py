"""How the site is: checks and measures, registered by each app in its own `health.py`.

One vital check tells a load balancer whether this machine can answer; all the others tell people
what to look at, and never take a machine out of service.
"""

from .measures import Measure, register_measures
from .registry import Finding, State, register_chart, register_check

__all__ = ["Finding", "Measure", "State", "register_chart", "register_check", "register_measures"]
