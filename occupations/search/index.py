"""The search index over all titles and codes: built once in each process, and again only when they change."""

from threading import Lock

from editing.models import DataVersion
from occupations.models import FormerCode, Occupation, OccupationTitle

from .engine import SearchIndex

held = {}  # the index, what its rows were, and the version of the data that was looked at last
lock = Lock()


def search_index():
    """The index of the data as they are; a save elsewhere costs one look at the rows, not a new index."""
    version = DataVersion.objects.values_list("number", flat=True).filter(pk=1).first()
    with lock:  # one thread builds, the others wait for it
        if "index" not in held or held.get("version", ...) != version:
            refresh(version)
        return held["index"]


def refresh(version):
    rows = index_rows()
    mark = hash(rows)
    if held.get("mark") != mark:
        held["index"] = SearchIndex(*rows)
    held.update(version=version, mark=mark)


def index_rows():
    """Official titles, job titles and former codes, as the index takes them."""
    titles = OccupationTitle.objects.order_by("pk").values_list("occupation__code", "language", "title", "kind")
    former = FormerCode.objects.values_list("code_2016", "title_2016_en", "occupation__code")
    return tuple(Occupation.objects.values_list("code", "title_en", "title_fr")), tuple(titles), tuple(former)
