"""The search index over all titles and codes: built once in each process, and again only when they change."""

from sys import intern
from threading import Lock

from django.utils import timezone

from editing.models import DataVersion
from occupations.models import FormerCode, Occupation, OccupationTitle, Synonym

from .engine import SearchIndex
from .titles import Title

held = {}  # the index, what its rows were, and the version of the data that was looked at last
lock = Lock()


def search_index():
    """The index of the data as they are; a save elsewhere costs one look at the rows, not a new index."""
    version = version_at(timezone.now())
    with lock:  # one thread builds, the others wait for it
        if "index" not in held or held.get("version", ...) != version:
            refresh(version)
        return held["index"]


def version_at(now):
    """What differs once the data have: each moment passed at which a row stops waiting counts too.

    A restored database counts on from an earlier number; the time of its last change tells it from the one before.
    """
    stored = DataVersion.objects.values_list("number", "schedule", "changed_at").filter(pk=1).first()
    number, schedule, changed_at = stored or (0, [], None)
    return number + sum(moment <= now.timestamp() for moment in schedule), changed_at


def refresh(version):
    rows = index_rows()
    mark = hash(rows)
    if held.get("mark") != mark:
        held["index"] = SearchIndex(*rows)
    held.update(version=version, mark=mark)


def index_rows():
    """Official titles, job titles, former codes and synonyms, as the index takes them.

    A database hands out each code and language as a text of its own; 57,000 titles share some hundred of them.
    """
    titles = OccupationTitle.objects.order_by("pk").values_list("occupation__code", "language", "title", "kind")
    titles = (
        Title(intern(code), intern(language), text, intern(kind)) for code, language, text, kind in titles.iterator()
    )
    former = FormerCode.objects.values_list("code_2016", "title_2016_en", "occupation__code")
    synonyms = Synonym.objects.published().values_list("phrase", "meaning")
    occupations = Occupation.objects.values_list("code", "title_en", "title_fr")
    return tuple(occupations), tuple(titles), tuple(former), tuple(synonyms)
