"""The addresses of official pages in French, where they are known: the others lead to the English page, and say so."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

SERVICES = "https://www.canada.ca/en/immigration-refugees-citizenship/services/immigrate-canada/"
SERVICES_FR = "https://www.canada.ca/fr/immigration-refugies-citoyennete/services/immigrer-canada/"
ENTRY, ENTRY_FR = f"{SERVICES}express-entry/", f"{SERVICES_FR}entree-express/"
FEED = "https://www.canada.ca/content/dam/ircc/documents/json/ee_rounds_123_{}.json"
LAWS = "https://laws-lois.justice.gc.ca/"

PAGES = {
    f"{ENTRY}check-score/crs-criteria.html": f"{ENTRY_FR}verifier-note/criteries-scg.html",  # as spelled there
    f"{ENTRY}documents/proof-funds.html": f"{ENTRY_FR}documents/preuve-fonds-suffisants.html",
    f"{ENTRY}rounds-invitations.html": f"{ENTRY_FR}rondes-invitations.html",
    f"{ENTRY}who-can-apply.html": f"{ENTRY_FR}qui-presenter-demande.html",
    f"{ENTRY}who-can-apply/canadian-experience-class.html": (
        f"{ENTRY_FR}qui-presenter-demande/categorie-experience-canadienne.html"
    ),
    f"{ENTRY}who-can-apply/federal-skilled-trades.html": f"{ENTRY_FR}qui-presenter-demande/metiers-specialises.html",
    f"{ENTRY}who-can-apply/federal-skilled-workers.html": (
        f"{ENTRY_FR}qui-presenter-demande/travailleurs-qualifies-federal.html"
    ),
    f"{SERVICES}provincial-nominees.html": f"{SERVICES_FR}candidats-provinces.html",
    FEED.format("en"): FEED.format("fr"),
    "https://open.canada.ca/en/open-government-licence-canada": (
        "https://ouvert.canada.ca/fr/licence-du-gouvernement-ouvert-canada"
    ),
}
FOLDERS = {
    f"{LAWS}eng/acts/": f"{LAWS}fra/lois/",
    f"{LAWS}eng/regulations/SOR-": f"{LAWS}fra/reglements/DORS-",
    "https://open.canada.ca/data/en/": "https://ouvert.canada.ca/data/fr/",
}


def in_french(url):
    """The address of the same page in French, or nothing."""
    found = next((folder for folder in FOLDERS if url.startswith(folder)), None)
    return url.replace(found, FOLDERS[found], 1) if found else PAGES.get(url, "")


def official(url):
    """The address of the page in the reader's language where it is known."""
    return (get_language() == "fr" and in_french(url)) or url


def external(url):
    """The attributes of a link to another site; a French page says of an English one that it is English."""
    address = official(url)
    other = mark_safe(' hreflang="en"') if get_language() == "fr" and address == url else ""
    return format_html('href="{}" rel="external"{}', address, other)
