"""The project's own occupations, job titles, former codes and synonyms as plain rows."""

import csv
import gzip
import json
from pathlib import Path

from occupations.search.titles import Title

FIXTURES = Path(__file__).parents[2] / "fixtures"


def load_rows():
    with gzip.open(FIXTURES / "occupation_titles.csv.gz", "rt", encoding="utf-8", newline="") as file:
        titles = [Title(row["code"], row["language"], row["title"], row["kind"]) for row in csv.DictReader(file)]
    occupations = [(row["code"], row["title_en"], row["title_fr"]) for row in fields("occupations")]
    former_codes = [(row["code_2016"], row["title_2016_en"], row["occupation"][0]) for row in fields("former_codes")]
    synonyms = [(row["phrase"], row["meaning"]) for row in fields("synonyms")]
    return occupations, titles, former_codes, synonyms


def fields(name):
    return [row["fields"] for row in json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))]


def load_queries():
    with (Path(__file__).parent / "search_queries.csv").open(encoding="utf-8", newline="") as file:
        return [(row["query"], row["codes"].split()) for row in csv.DictReader(file)]


def load_people(name):
    """Queries as people type them with the codes that they mean: drawn by a seed, one to a unit group."""
    with (Path(__file__).parent / "search" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["query"], row["codes"].split()) for row in csv.DictReader(file, delimiter="\t")]
