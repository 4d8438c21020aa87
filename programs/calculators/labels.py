"""The words of the tools for the codes of the calculators: lines of an answer, caps, notes and steps."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programs.grids.labels import CRS_EDUCATION, JOB_OFFERS, STUDY_IN_CANADA

from .language import ABILITIES, CLB

LANGUAGES = {"english": gettext_lazy("English"), "french": gettext_lazy("French")}
BENCHMARKS = {"english": gettext_lazy("CLB"), "french": gettext_lazy("NCLC")}
ABILITY_WORDS = {
    "speaking": gettext_lazy("Speaking"),
    "listening": gettext_lazy("Listening"),
    "reading": gettext_lazy("Reading"),
    "writing": gettext_lazy("Writing"),
}
SITTINGS = {
    "first": gettext_lazy("First official language"),
    "second": gettext_lazy("Second official language"),
    "spouse": gettext_lazy("Spouse’s or partner’s language"),
}
SECOND_HELP = gettext_lazy("Leave this blank if you have no test in the other official language.")
TESTS = {
    CLB: gettext_lazy("None: I know my levels (CLB or NCLC)"),
    "ielts_general": "IELTS General Training",
    "celpip_general": "CELPIP-General",
    "pte_core": "PTE Core",
    "tef_canada": "TEF Canada",
    "tcf_canada": "TCF Canada",
}
SPOUSE = {
    "none": gettext_lazy("None"),
    "accompanying": gettext_lazy("Coming with you, and neither a citizen nor a permanent resident"),
    "not-accompanying": gettext_lazy("Not coming with you"),
    "citizen": gettext_lazy("Is a citizen or permanent resident of Canada"),
}
COMING = {"accompanying": gettext_lazy("coming with you"), "not-accompanying": gettext_lazy("not coming with you")}
STUDY = dict(zip(("none", "one_or_two_year", "three_year_plus"), STUDY_IN_CANADA, strict=True))

CRS_LINES = {
    "A": {
        "age": gettext_lazy("Age"),
        "education": gettext_lazy("Education"),
        "first_language": gettext_lazy("First official language"),
        "second_language": gettext_lazy("Second official language"),
        "canadian_work": gettext_lazy("Work experience in Canada"),
    },
    "B": {
        "education": gettext_lazy("Spouse’s or partner’s education"),
        "language": gettext_lazy("Spouse’s or partner’s language"),
        "canadian_work": gettext_lazy("Spouse’s or partner’s work in Canada"),
    },
    "C": {
        "education_language": gettext_lazy("Education with language"),
        "education_canadian_work": gettext_lazy("Education with work in Canada"),
        "education_group": gettext_lazy("Education, both together"),
        "foreign_language": gettext_lazy("Work abroad with language"),
        "foreign_canadian_work": gettext_lazy("Work abroad with work in Canada"),
        "foreign_group": gettext_lazy("Work abroad, both together"),
        "certificate_group": gettext_lazy("Certificate with language"),
    },
    "D": {
        "nomination": gettext_lazy("Nomination by a province or territory"),
        "french": gettext_lazy("French"),
        "study_in_canada": gettext_lazy("Study in Canada"),
        "sibling": gettext_lazy("Brother or sister in Canada"),
        "job_offer": gettext_lazy("Job offer"),
    },
}
FSW_LINES = {
    "language_first": gettext_lazy("First official language"),
    "language_second": gettext_lazy("Second official language"),
    "education": gettext_lazy("Education"),
    "experience": gettext_lazy("Work experience"),
    "age": gettext_lazy("Age"),
    "arranged_employment": gettext_lazy("Arranged employment in Canada"),
    "adaptability": gettext_lazy("Adaptability"),
}
CAPPED_SECTIONS = {
    "A.section": gettext_lazy("Section A"),
    "B.section": gettext_lazy("Section B"),
    "C.section": gettext_lazy("Section C"),
    "D.section": gettext_lazy("Section D"),
    "total": gettext_lazy("Total"),
}
NOTES = {
    "grid_superseded_reported": gettext_lazy(
        "A change to this grid has been reported but not confirmed, and no numbers have been published. "
        "It is not counted here."
    ),
    "job_offer_not_counted": gettext_lazy("A job offer adds no points in this grid."),
    "french_mixed_english": gettext_lazy(
        "English is at 5 or higher in some abilities only. The source does not name this case; "
        "we read it as the lower French bonus."
    ),
    "spouse_not_counted": gettext_lazy(
        "What you entered about a spouse or partner adds no points: they count only for one "
        "who is coming with you and is neither a citizen nor a permanent resident of Canada."
    ),
    "adaptability_capped": gettext_lazy("The adaptability items add up to more, but 10 points is the maximum."),
    "spouse_items_not_counted": gettext_lazy(
        "Items of a spouse or partner are not counted: no such person is coming with you."
    ),
    "arranged_employment_item_not_counted": gettext_lazy(
        "The adaptability item for arranged employment counts only with arranged employment itself."
    ),
    "repeal_proposed": gettext_lazy("The end of this grid was proposed in 2026. Nothing we have read repeals it."),
}
REASONS = {
    "language_below_7": gettext_lazy(
        "The first official language is below level 7 in at least one ability; the program asks for 7 in all four."
    ),
    "experience_under_1_year": gettext_lazy("Less than one year of continuous skilled work experience."),
    "education_below_secondary": gettext_lazy("No secondary school credential."),
    "below_pass_mark": gettext_lazy("The points are below the pass mark of 67."),
}


STEPS = {
    "first_all": gettext_lazy("First language: one level more in every ability"),
    "first_goal": gettext_lazy("First language: level %(value)s in all four abilities"),
    "second_language": gettext_lazy("Second official language: level %(value)s in all four abilities"),
    "french": gettext_lazy("French: NCLC %(value)s in all four abilities"),
    "education": gettext_lazy("Education: %(value)s"),
    "canadian_work_years": gettext_lazy("Work in Canada: %(value)s"),
    "foreign_work_years": gettext_lazy("Work abroad: %(value)s"),
    "certificate": gettext_lazy("Certificate of qualification in a trade"),
    "nomination": gettext_lazy("Nomination by a province or territory"),
    "sibling": gettext_lazy("Brother or sister in Canada"),
    "canadian_study": "%(value)s",
    "job_offer": "%(value)s",
    "spouse": gettext_lazy("Spouse or partner: %(value)s"),
    "spouse_education": gettext_lazy("Spouse’s or partner’s education: %(value)s"),
    "spouse_language": gettext_lazy("Spouse’s or partner’s language: level %(value)s in all four abilities"),
    "spouse_canadian_work_years": gettext_lazy("Spouse’s or partner’s work in Canada: %(value)s"),
}


def cap_words(cap):
    """Which cap took points away, and how many were left."""
    section, line = cap.key.split(".") if "." in cap.key else ("", cap.key)
    label = CAPPED_SECTIONS.get(cap.key) or CRS_LINES[section][line]
    values = {"line": label, "points": cap.points, "limit": cap.limit}
    return _("%(line)s: the parts add up to %(points)s; the maximum is %(limit)s.") % values


def notes(codes):
    """Codes with their text, as the API gives them."""
    return [{"code": code, "text": str(NOTES[code])} for code in codes]


def years(number):
    return ngettext("%(number)s year", "%(number)s years", number) % {"number": number}


def step_words(step, profile):
    """One change to a CRS profile as the reader would say it."""
    value, benchmark = step.value, BENCHMARKS[profile.first_language]
    if step.change in {f"first_{ability}" for ability in ABILITIES}:
        ability = ABILITY_WORDS[step.change.removeprefix("first_")]
        values = {"ability": str(ability).lower(), "benchmark": benchmark, "level": value}
        return _("First language, %(ability)s: %(benchmark)s %(level)s") % values
    label = STEPS[step.change]
    return str(label) % {"value": value_words(step.change, value)}


def value_words(change, value):
    if change.endswith("years"):
        return years(value)
    return {**CRS_EDUCATION, **STUDY, **JOB_OFFERS, **COMING}.get(value, value) if isinstance(value, str) else value
