"""What is English on the French pages, and why."""

from collections import Counter
from html.parser import HTMLParser

import pytest

from draws.models import Correction, Discrepancy, Draw
from expressentry.reload import read_titles
from occupations.models import Edition, FormerCode, Listing, Occupation
from programs.glossary import TERMS
from tests.site_pages import BRANCHES
from tests.test_french import VOID

pytestmark = pytest.mark.django_db


class English(HTMLParser):
    """The texts of a page that are marked as English, element by element."""

    def __init__(self, text):
        super().__init__()
        self.texts, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag not in VOID and (self.open or dict(attributes).get("lang") == "en"):
            if not self.open:
                self.texts.append([])
            self.open.append(tag)

    def handle_endtag(self, tag):
        while tag in self.open:
            if self.open.pop() == tag:
                break

    def handle_data(self, text):
        if self.open and (words := " ".join(text.split()).strip(" ,")):
            self.texts[-1].append(words)


def english_of_the_record():
    """What has a reason to be English on a French page, by kind."""
    titles = {row["title"] for row in read_titles() if row["language"] == "en"}
    titles |= {*Occupation.objects.values_list("title_en", flat=True)}
    titles |= {*FormerCode.objects.values_list("title_2016_en", flat=True)}
    titles |= {*Listing.objects.values_list("title_as_published_en", flat=True)}
    quoted = {*Draw.objects.values_list("name_en", flat=True), *Edition.objects.values_list("round_label", flat=True)}
    quoted |= {value for row in Correction.objects.values_list("old_value", "new_value") for value in row}
    quoted |= {value for row in Discrepancy.objects.values_list("value_here", "value_elsewhere") for value in row}
    return {
        "job titles, and titles that the page gives in French too": titles,
        "words of English sources": quoted,
        "English terms of the glossary": {
            name for term in TERMS for name in (term.en, f"{term.en} ({term.short_en})")
        },
        "the link to the English page": {"English"},
    }


def test_english_on_french_pages_is_of_the_kinds_that_have_a_reason(client):
    """Run with ``-rP`` to see how much of each kind there is."""
    kinds, found, other = english_of_the_record(), Counter(), set()

    for url in BRANCHES:
        for texts in English(client.get(f"/fr{url}").content.decode()).texts:
            kind = next((name for name, its in kinds.items() if {*texts} <= its), None)
            found[kind] += len(texts)
            other |= {(url, *texts)} if kind is None else set()

    print(dict(found))
    assert other == set()
    assert min(found[kind] for kind in kinds) > 0
