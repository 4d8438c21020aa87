"""The API as a stranger's tool finds it: whatever its OpenAPI description says is so."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT


def faults(site, *options):
    """What schemathesis finds with all its checks, the same cases each time; nothing where all is well."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{site}/api/v1/openapi.json", "--checks", "all"]
    command += ["--generation-deterministic", "--no-color", *options]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "generated" in found.stdout, found.stdout + found.stderr
    return "" if found.returncode == 0 else found.stdout


@pytest.mark.browser
def test_api_does_what_its_description_says(db, site):
    assert faults(site, "--phases", "fuzzing", "--max-examples", "5") == ""


@pytest.mark.browser
@pytest.mark.thorough
def test_api_does_what_its_description_says_in_thousands_of_cases(db, site):
    assert faults(site, "--max-examples", "20") == ""
