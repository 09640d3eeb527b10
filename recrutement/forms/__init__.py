from .application import ApplicationForm

__all__ = ["ApplicationForm"]
