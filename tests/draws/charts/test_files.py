import pytest

from tests.draws.charts.drawings import found

KEYS = ["recent", "cutoffs", "invitations", "gaps", "year", "pool", "pool-2026-08-16", "stream-cec", "draw-254"]
KEYS += ["occupation-31301"]


@pytest.mark.parametrize("key", KEYS)
def test_every_chart_can_be_taken_away_as_a_picture_and_as_figures(db, client, key):
    picture, figures = (client.get(f"/charts/{key}.{kind}") for kind in ("svg", "csv"))

    svg = picture.content.decode()
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert (found(svg, "text"), "var(" in svg, "style" in svg) == ([], False, False)
    assert len(found(svg, "title")) == len(found(svg, "desc")) == 1
    assert len(figures.content.decode().splitlines()) > 3


def test_letters_of_a_picture_are_outlines_each_kept_once(db, client):
    svg = client.get("/charts/gaps.svg").content.decode()

    used = {use.get("href") for use in found(svg, "use")}
    kept = [path.get("id") for path in found(svg, "path") if path.get("id")]
    assert used == {f"#{name}" for name in kept}
    assert len(kept) == len(set(kept))


def test_picture_and_figures_keep_the_choice(db, client):
    svg = client.get("/charts/recent.svg?crs=500&stream=cec").content.decode()
    rows = client.get("/charts/recent.csv?crs=500&stream=cec").content.decode("utf-8-sig").splitlines()

    assert "--mark" not in svg
    assert {line.split(",")[-3] for line in rows[1:]} == {"Canadian Experience Class"}
    assert rows[0] == "Date,Round type,Draw,CRS score"


@pytest.mark.parametrize(
    "key", ["quokka", "stream-quokka", "draw-9999", "pool-2020-01-01", "occupation-99999", "pool-x"]
)
def test_chart_that_there_is_not_is_missing(db, client, key):
    assert client.get(f"/charts/{key}.svg").status_code == 404


def test_picture_on_french_pages_is_french(db, client):
    rows = client.get("/fr/charts/gaps.csv").content.decode("utf-8-sig").splitlines()

    assert rows[0].startswith("Année,")
