"""Refuse pins that are not complete: an old pip would look for the newest release of what is missing, and stop."""

import sys
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def applies(requirement, extras=()):
    return not requirement.marker or any(requirement.marker.evaluate({"extra": extra}) for extra in ["", *extras])


def pins_of(file):
    lines = [line.rstrip(" \\") for line in Path(file).read_text().splitlines() if line[:1].isalnum()]
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, lines) if applies(pin)}


def asked_in(file):
    """What we ask for ourselves, in the ``.in`` file and in those that it takes in."""
    for line in Path(file).read_text().splitlines():
        if line.startswith("-r "):
            yield from asked_in(line.removeprefix("-r "))
        elif line[:1].isalnum():
            yield file, Requirement(line)


def asked_by(pin):
    for wanted in map(Requirement, requires(pin.name) or []):
        if applies(wanted, pin.extras):
            yield pin.name, wanted


def fault(wanted, pin):
    """What is wrong with the pin of a wanted package, if anything is."""
    if pin is None:
        return "is not pinned"
    if not wanted.specifier.contains(str(pin.specifier).removeprefix("=="), prereleases=True):
        return f"is pinned as {pin}"
    left_out = wanted.extras - pin.extras
    return f"is pinned without [{', '.join(left_out)}]" if left_out else None


def faults_of(file):
    pins = pins_of(file)
    asked = [*asked_in(Path(file).with_suffix(".in")), *(pair for pin in pins.values() for pair in asked_by(pin))]
    for who, wanted in asked:
        if found := fault(wanted, pins.get(canonicalize_name(wanted.name))):
            yield f"{file}: {who} needs {wanted}, which {found}. Run: make requirements"


faults = [line for file in sys.argv[1:] for line in faults_of(file)]
sys.exit("\n".join(faults) or 0)
