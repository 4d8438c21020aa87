"""The words for the keys of the point grids, in the language of the page."""

from django.utils.translation import gettext_lazy as _

SECTIONS = {
    "A": _("A. Core / human capital factors"),
    "B": _("B. Spouse or common-law partner factors"),
    "C": _("C. Skill transferability factors"),
    "D": _("D. Additional points"),
}

CRS_EDUCATION = {
    "none": _("Less than secondary school"),
    "secondary": _("Secondary diploma"),
    "one_year": _("One-year post-secondary credential"),
    "two_year": _("Two-year post-secondary credential"),
    "bachelors": _("Bachelor’s degree, or a post-secondary program of three or more years"),
    "two_or_more": _("Two or more post-secondary credentials, one of three or more years"),
    "masters": _("Master’s degree, or a professional degree needed for a licensed profession"),
    "doctoral": _("Doctoral degree"),
}

TIERS = {
    "secondary_or_less": _("Secondary school or less"),
    "one_year_or_longer": _("Post-secondary credential of one year or longer"),
    "two_or_more_or_graduate": _("Two or more post-secondary credentials, or a master’s or doctoral degree"),
}

CERTIFICATE = {False: _("No certificate of qualification"), True: _("With a certificate of qualification")}

# The cells of these parts have no keys of their own: their order is the grid's.
FRENCH = [
    _("French at level 7 or higher in all four abilities, English at 4 or lower or not tested"),
    _("French at level 7 or higher in all four abilities, English at 5 or higher in all four"),
]
STUDY_IN_CANADA = [
    _("Study in Canada: secondary school or less"),
    _("Study in Canada: post-secondary credential of one or two years"),
    _("Study in Canada: credential of three or more years, or a master’s, professional or doctoral degree"),
]

JOB_OFFERS = {
    "other_qualifying": _("Qualifying job offer"),
    "major_group_00": _("Qualifying job offer in senior management (NOC major group 00)"),
}

FSW_FACTORS = {
    "language": _("Language"),
    "education": _("Education"),
    "experience": _("Work experience"),
    "age": _("Age"),
    "arranged_employment": _("Arranged employment in Canada"),
    "adaptability": _("Adaptability"),
}

FSW_EDUCATION = {
    "doctoral": _("Doctoral degree"),
    "masters_or_professional": _("Master’s degree, or a professional degree for a licensed TEER 1 occupation"),
    "two_or_more_one_3yr": _("Two or more post-secondary credentials, one of three or more years"),
    "three_year_plus": _("Post-secondary credential of three or more years"),
    "two_year": _("Two-year post-secondary credential"),
    "one_year": _("One-year post-secondary credential"),
    "secondary": _("Secondary school credential"),
    "none": _("Less than secondary school: not eligible"),
}

FSW_SECOND_LANGUAGE = [_("Level 5 or higher in all four abilities"), _("Any ability at 4 or lower, or no valid test")]
FSW_ARRANGED = [_("An offer that qualifies"), _("No such offer")]

FSW_ADAPTABILITY = {
    "spouse_language": _("Accompanying spouse or partner: level 4 or higher in all four abilities"),
    "own_study_canada": _("You: two academic years of full-time study in Canada, in a program of two or more years"),
    "spouse_study_canada": _("Accompanying spouse or partner: the same study in Canada"),
    "own_work_canada": _("You: one year or more of full-time authorized work in Canada, TEER 0 to 3"),
    "spouse_work_canada": _("Accompanying spouse or partner: one year or more of full-time authorized work in Canada"),
    "arranged_employment": _("Points were given for arranged employment"),
    "relative_canada": _("A relative in Canada, 18 or older, citizen or permanent resident"),
}

# When an offer is arranged employment: work permit, whose offer it is, labour market impact assessment (LMIA).
FSW_SITUATIONS = {
    "A": (
        _("Valid, based on an LMIA, TEER 0 to 3"),
        _("The employer on the permit, for whom you work"),
        _("No new LMIA"),
    ),
    "B": (
        _("Valid, exempt from an LMIA under an agreement or for Canadian interests"),
        _("The employer on the permit, for whom you have worked a year"),
        _("No new LMIA"),
    ),
    "C": (_("None, and not authorized to work"), _("An employer with a positive LMIA"), _("LMIA needed")),
    "D": (
        _("Valid, or authorized to work otherwise, but neither of the first two cases fits"),
        _("An employer with a positive LMIA"),
        _("LMIA needed"),
    ),
}
