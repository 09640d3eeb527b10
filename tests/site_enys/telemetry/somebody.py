"""What must never leave with a report."""

NAME, PASSWORD = "Zénobie-Marqueuse", "MotDePasse-Marqueur-42"
EMAIL, PHONE, QUERIED = "zenobie.marqueuse@exemple.test", "06 39 98 12 04", "lu-dans-la-base-77"
TOKEN = "WyIxMiIsIjY4ZGE3Il0:1w0Abc:kfK3nq4cYgk2kfK3nq4cYgk2kfK3nq4cYgk"
ADDRESS = "203.0.113.77"
EVERYTHING = (NAME, PASSWORD, EMAIL, PHONE, QUERIED, TOKEN, TOKEN[-30:], ADDRESS, "zenobie")
