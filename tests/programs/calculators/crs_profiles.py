"""What tests of crs share."""

from programs.calculators.crs import CrsProfile
from programs.calculators.language import Levels

EDUCATION = ("none", "secondary", "one_year", "two_year", "bachelors", "two_or_more", "masters", "doctoral")


def all_at(level):
    return Levels(level, level, level, level)


def profile(**facts):
    return CrsProfile(**{"age": 17, "education": "none", "first_language": "english", "first": all_at(0)} | facts)
