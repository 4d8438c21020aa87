"""Putting the official texts of occupations in place of those loaded before."""

from collections import defaultdict

from django.db import transaction

from editing.models import DataVersion
from occupations.noc import Occupation

from .files import TextFile, Unreadable
from .models import OccupationText


@transaction.atomic
def load(files: list[TextFile], today):
    """Replace the texts of each language that the files have; answers with the rows by language."""
    languages = {file.kind.language for file in files}
    loaded = {one: texts([file for file in files if file.kind.language == one], one, today) for one in languages}
    OccupationText.objects.filter(language__in=languages).delete()
    for rows in loaded.values():
        OccupationText.objects.bulk_create(rows)
    DataVersion.bump(rows=[])
    return loaded


def texts(files, language, today):
    """The rows of one language: a profile has its texts in several files."""
    codes, found = dict(Occupation.objects.values_list("code", "pk")), defaultdict(lambda: defaultdict(list))
    for file in files:
        for code, profile, text in file.rows:
            if code not in codes:
                raise Unreadable(f"{file.name}: NOC 2021 has no unit group {code}.")
            found[code, profile][file.kind.field].append(text)
    common = {"language": language, "edition": edition_of(files), "loaded_on": today}
    return [
        OccupationText(
            occupation_id=codes[code],
            profile=profile,
            label=" ".join(held["label"]),
            lead=" ".join(held["lead"]),
            duties=held["duties"],
            requirements=held["requirements"],
            **common,
        )
        for (code, profile), held in sorted(found.items())
    ]


def edition_of(files):
    """The year that the names of the files agree on."""
    years = {file.edition: file.name for file in files if file.edition}
    if len(years) > 1:
        raise Unreadable(f"These files are of several editions: {', '.join(years.values())}. Load files of one year.")
    return next(iter(years), "")
