"""The values of discrepancies and corrections, kept as text, in the reader's form."""

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format, localize


def value_text(text):
    """An ISO date or time and a whole number as the page writes them; any other text as it stands."""
    if text.isdecimal():
        return localize(int(text))
    try:
        moment = parse_datetime(text)
        day = parse_date(text)
    except ValueError:
        return text
    if day:
        return date_format(day)
    return f"{date_format(moment, 'DATETIME_FORMAT')} UTC" if moment else text
