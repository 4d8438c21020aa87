"""A profile in words, so that a reader sees what was counted; what is none is left out."""

from django.utils.translation import gettext as _

from programs.grids.labels import CRS_EDUCATION, FSW_ADAPTABILITY, FSW_EDUCATION, JOB_OFFERS

from .labels import BENCHMARKS, LANGUAGES, SPOUSE, STUDY, years
from .language import other_language


def crs_facts(profile):
    yield _("age %(age)s") % {"age": profile.age}
    yield CRS_EDUCATION[profile.education]
    yield spoken(profile.first_language, profile.first)
    if profile.second:
        yield spoken(other_language(profile.first_language), profile.second)
    if profile.canadian_work_years:
        yield _("work in Canada: %(years)s") % {"years": years(profile.canadian_work_years)}
    if profile.foreign_work_years:
        yield _("work abroad: %(years)s") % {"years": years(profile.foreign_work_years)}
    if profile.certificate:
        yield _("certificate of qualification")
    if profile.nomination:
        yield _("nomination")
    if profile.sibling:
        yield _("brother or sister in Canada")
    if profile.canadian_study != "none":
        yield STUDY[profile.canadian_study]
    if profile.job_offer != "none":
        yield JOB_OFFERS[profile.job_offer]
    yield from spouse_facts(profile)


def spouse_facts(profile):
    if profile.spouse != "none":
        yield _("spouse or partner: %(how)s") % {"how": SPOUSE[profile.spouse]}
    if profile.spouse_education != "none":
        yield _("spouse’s education: %(education)s") % {"education": CRS_EDUCATION[profile.spouse_education]}
    if profile.spouse_first:
        yield _("spouse’s language: %(levels)s") % {"levels": leveled(profile.spouse_first)}
    if profile.spouse_canadian_work_years:
        yield _("spouse’s work in Canada: %(years)s") % {"years": years(profile.spouse_canadian_work_years)}


def spoken(language, levels):
    values = {"language": LANGUAGES[language], "benchmark": BENCHMARKS[language], "levels": leveled(levels)}
    return _("%(language)s %(benchmark)s %(levels)s") % values


def leveled(levels):
    """One number when all four are the same, else the four in their order."""
    return str(levels[0]) if len(set(levels)) == 1 else " / ".join(map(str, levels))


def fsw_facts(profile):
    yield _("age %(age)s") % {"age": profile.age}
    yield FSW_EDUCATION[profile.education]
    yield _("first language: %(levels)s") % {"levels": leveled(profile.first)}
    if profile.second:
        yield _("second language: %(levels)s") % {"levels": leveled(profile.second)}
    yield _("skilled work: %(years)s") % {"years": years(profile.experience_years)}
    if profile.arranged_employment:
        yield _("arranged employment")
    if profile.spouse:
        yield _("spouse or partner coming with you")
    yield from (FSW_ADAPTABILITY[key] for key in sorted(profile.adaptability))
