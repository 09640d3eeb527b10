"""The door of the team: password, second factor, passkeys, recovery codes, open sessions.

django-allauth keeps the protocols; the screens, the addresses, the limits and the e-mails are here.
"""
