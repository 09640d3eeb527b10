"""The site as visitors meet it: real servers on this machine, loaded by wrk.

Everything is a ratio to one of two floors, measured in the same minutes: a bare Django view that
answers the same bytes under the same gunicorn, and nginx that gives them as a file.
"""
