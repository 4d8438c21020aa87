"""The API's refusals in the language that is asked for, and answers that are the same in every language."""

import pytest

pytestmark = pytest.mark.django_db
FRENCH = {"Accept-Language": "fr-CA, en;q=0.5"}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("draws/abc", "Aucune ronde abc n’est publiée ici."),
        ("programs/none", "Il n’y a pas de programme none."),
        ("streams/none", "Il n’y a pas de volet none."),
        ("categories/none", "Il n’y a pas de catégorie none ici."),
        ("occupations/99999", "La CNP 2021 n’a pas de groupe de base 99999."),
        ("nothing", "Il n’y a rien à l’adresse /api/v1/nothing. Voir /api/v1/docs."),
    ],
)
def test_what_is_missing_is_said_in_the_language_asked_for(client, path, words):
    french, english = (client.get(f"/api/v1/{path}", headers=headers) for headers in (FRENCH, {}))

    assert (french.status_code, french.json()["error"]) == (404, words)
    assert french.headers["Content-Language"] == "fr"
    assert english.json()["error"].isascii()
    assert {"fr": "Accept-Language" in french.headers["Vary"], "en": "Accept-Language" in english.headers["Vary"]} == {
        "fr": True,
        "en": True,
    }


def test_bad_values_are_explained_in_the_language_asked_for(client):
    french, english = (client.get("/api/v1/draws?crs_min=-5", headers=headers) for headers in (FRENCH, {}))

    assert (french.status_code, english.status_code) == (422, 422)
    assert french.json()["errors"][0]["fault"] == "Indiquez une valeur d’au moins 0."
    assert "greater than or equal" in english.json()["errors"][0]["fault"]


def test_answers_are_the_same_in_every_language(client):
    french, english = (client.get("/api/v1/draws/254", headers=headers) for headers in (FRENCH, {}))

    assert french.content == english.content
    assert "Accept-Language" not in french.headers.get("Vary", "")


def test_exported_json_has_the_same_keys_in_both_languages(client):
    french, english = (client.get(f"{start}occupations/?q=software&_export=json").json() for start in ("/fr/", "/"))

    assert [*french[0]] == [*english[0]]
    assert french != english


def test_exported_draws_of_a_profile_have_french_names(client):
    rows = client.get("/fr/tools/invited/?crs=486&_export=json").json()

    assert "Professions" in next(row["name"] for row in rows if row["number"] == "254")


def test_another_method_is_refused_in_the_language_asked_for(client):
    french, english = (client.post("/api/v1/draws", headers=headers) for headers in (FRENCH, {}))

    assert french.json()["error"] == "Cette adresse accepte GET, HEAD, OPTIONS."
    assert english.json()["error"] == "This address takes GET, HEAD, OPTIONS."


def test_reference_of_the_api_is_french_below_fr_and_its_description_is_english(client):
    page = client.get("/fr/api/v1/docs").content.decode()
    described = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/draws"]["get"]

    assert "Liste les rondes, de la plus récente à la plus ancienne" in page
    assert "Aucune ronde 9999 n’est publiée ici." in page
    assert "<code>general</code>, <code>program</code>, <code>category</code>" in page
    assert described["summary"] == "Draws, filtered as on the page of all draws"


def test_description_says_values_once(client):
    """A program finds them in the schema; the words are for the rest."""
    kind, *_others = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/draws"]["get"]["parameters"]

    assert kind["description"] == "Round type."
    assert kind["schema"]["enum"] == ["general", "program", "category", ""]
