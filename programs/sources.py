"""The pages and laws behind the explanations, as they were read."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editing.records import Evidence

EXPRESS_ENTRY = "https://www.canada.ca/en/immigration-refugees-citizenship/services/immigrate-canada/express-entry/"
LAWS = "https://laws-lois.justice.gc.ca/eng/"


@dataclass(frozen=True)
class Source:
    """What was read for a passage, for the same include as sourced rows."""

    source: str
    source_url: str
    checked_on: date
    evidence: str = Evidence.GOVERNMENT_COPY

    @property
    def source_text(self):
        return self.source

    @property
    def source_language(self):
        return get_language()

    def get_evidence_display(self):
        return Evidence(self.evidence).label


def page(title, path, seen=date(2026, 6, 10)):
    return Source(title, EXPRESS_ENTRY + path, seen)


SOURCES = {
    "profile": page(_("Create your profile and enter the pool, page dated September 29, 2025"), "create-profile.html"),
    "who": page(_("Who can apply, page dated August 21, 2025"), "who-can-apply.html"),
    "rounds": page(_("Rounds of invitations, page dated August 21, 2025"), "rounds-invitations.html"),
    "apply": page(_("Apply for permanent residence, page dated August 25, 2025"), "apply-permanent-residence.html"),
    "after": page(_("After you apply, page dated August 21, 2025"), "after-apply.html"),
    "approved": page(
        _("If we approve your application, page dated August 21, 2025"), "application-approved.html", date(2026, 6, 4)
    ),
    "job_offer": page(_("Job offer, page dated August 21, 2025"), "documents/job-offer.html", date(2026, 6, 4)),
    "act": Source(
        _("Immigration and Refugee Protection Act, as in force March 26, 2026"),
        LAWS + "acts/I-2.5/",
        date(2026, 7, 23),
        Evidence.OFFICIAL,
    ),
    "regulations": Source(
        _("Immigration and Refugee Protection Regulations, as in force June 12, 2026"),
        LAWS + "regulations/SOR-2002-227/",
        date(2026, 7, 23),
        Evidence.OFFICIAL,
    ),
    "tie_break": Source(
        _("Help Centre, answer 1318, on the rule of June 6, 2017"),
        "http://www.cic.gc.ca/english/helpcentre/answer.asp?qnum=1318&top=29",
        date(2026, 11, 21),
        Evidence.OFFICIAL,
    ),
}
