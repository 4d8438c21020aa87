"""The admin speaks French to whoever chooses it, in whole; public pages know nothing of it."""

import re

import pytest
from django.test import Client
from django.utils.translation import trans_real

from draws.models import Discrepancy
from programs.models import Amount, Program
from tests.editing.admin.forms import address, opened
from tests.editing.admin.test_addresses import addresses
from tests.test_french import FAULTS, WORD_JOINER, read

NO_BREAK = "\N{NO-BREAK SPACE}"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
WORDS = re.compile(r"[A-Za-z’']{2,}")
# Pages whose sentences are Django's and the libraries' own
NOT_OURS = re.compile("auth_|axes_|.*_delete$|guide$")
# What a reader of French stumbles over; a colon is glued by templates of Django's, and values are English texts
MISSET = re.compile(
    "|".join(fault for name, fault in FAULTS.items() if re.search("first|France|after «|letters", name))
)


@pytest.fixture
def french(sign_in):
    client = sign_in("superuser")
    client.post("/admin/language/", {"language": "fr"})
    return client


def english_messages():
    """What our messages of several words look like on a page, where French has others."""
    catalogue = trans_real.translation("fr")._catalog
    texts = {one if isinstance(one, str) else one[0] for one, _french in catalogue.items()}
    return [
        ".+".join(map(re.escape, PLACEHOLDER.split(" ".join(text.split()))))
        for text in texts
        if len(WORDS.findall(PLACEHOLDER.sub("", text))) > 1 and catalogue.get(text) != text
    ]


def lines(client, rows):
    """Each line that somebody reads, with a page that has it."""
    found = {}
    for name, url in addresses(rows):
        response = client.get(url)
        if (
            response.status_code == 200
            and response["Content-Type"].startswith("text/html")
            and not NOT_OURS.match(name)
        ):
            parts = read(response).replace(WORD_JOINER, "").split("\n")
            found |= {re.sub("[ \t]+", " ", part).strip(" "): name for part in parts}
    return found


def test_every_page_is_french_for_whoever_chooses_it(french, rows):
    found = lines(french, rows)

    english = re.compile("|".join(english_messages()))
    said = [(name, line) for line, name in found.items() if english.fullmatch(line)]
    of_record = {*Program.objects.values_list("name_en", flat=True)}
    of_record |= {*Discrepancy.objects.values_list("value_elsewhere", flat=True)}
    assert len(found) > 1000
    assert [(name, line) for name, line in said if line not in of_record] == []
    assert [(name, line) for line, name in found.items() if MISSET.search(line)] == []
    assert {"Le registre est complet jusqu’au 10 octobre 2026, ronde 447.", "Niveau"} < found.keys()
    assert [line for line in found if re.match("Sélectionnez l’objet|Ajout de |Par (état|type)", line)] == []


def test_one_refused_change_is_not_several_rounds(french):
    page = french.get("/admin/editing/proposedchange/").content.decode()

    assert ">refusée<" in page
    assert ">refusées<" not in page


def test_choice_of_a_language_is_of_the_admin_alone(db):
    client = Client()

    answer = client.post("/admin/language/", {"language": "fr", "next": "/admin/login/"}, follow=True)

    cookie = client.cookies["django_language"]
    assert (cookie["path"], cookie["httponly"], cookie.value) == ("/admin/", True, "fr")
    assert 'lang="fr"' in answer.content.decode()
    public = client.get("/draws/254/")
    assert (public["Content-Language"], "Cookie" in public.get("Vary", "")) == ("en", False)


def test_admin_begins_in_the_language_of_the_browser(db):
    answer = Client(headers={"accept-language": "fr-CA,fr;q=0.9"}).get("/admin/login/")

    assert answer["Content-Language"] == "fr"


def test_money_and_dates_are_read_in_one_way(french, db):
    amount = Amount.objects.get(table="funds", item="family-of-1", valid_to=None)

    page = french.get(address(Amount, "change", amount.pk)).content.decode()
    values = opened(french, amount)
    answer = french.post(address(Amount, "change", amount.pk), values | {"valid_from": "01/10/2026"})

    shown = f"{amount.dollars:,}".replace(",", NO_BREAK)
    assert f"{NO_BREAK}: {shown}{NO_BREAK}$ (état{NO_BREAK}: publié)</h1>" in page
    assert values["valid_from"] == amount.valid_from.isoformat()
    assert "Écrivez la date sous la forme année-mois-jour, par exemple 2026-10-09." in answer.content.decode()


def test_deletion_sets_the_colon_as_french_does(french, make_draw):
    draw = make_draw(status="draft")

    page = french.get(f"/admin/draws/draw/{draw.pk}/delete/").content.decode()

    assert ("<li>Rondes\u00a0: 1</li>" in page, "<li>Ronde\u00a0: <a " in page) == (True, True)
