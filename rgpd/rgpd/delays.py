from datetime import timedelta

ONE_YEAR = timedelta(days=365)
#: CNIL, recommandation sur la journalisation (2021): between six months and one year.
SIX_MONTHS = timedelta(days=183)
