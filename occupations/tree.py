"""The NOC 2021 tree: broad categories, major, sub-major and minor groups, unit groups."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import Occupation, OccupationGroup


@dataclass(slots=True)
class Node:
    group: OccupationGroup
    groups: list["Node"] = field(default_factory=list)
    occupations: list[Occupation] = field(default_factory=list)
    size: int = 0  # unit groups at any depth below


def grow(groups: Iterable[OccupationGroup], occupations: Iterable[Occupation]) -> list[Node]:
    """The broad categories with all that is below them; both inputs in the order of their codes."""
    nodes: dict[str, Node] = {}
    for group in sorted(groups, key=lambda group: group.code):
        nodes[group.code] = Node(group)
        if parent := nodes.get(group.code[:-1]):
            parent.groups.append(nodes[group.code])
    for occupation in occupations:
        nodes[occupation.code[:4]].occupations.append(occupation)
        for code in occupation.group_codes:
            nodes[code].size += 1
    return [node for code, node in nodes.items() if len(code) == 1]
