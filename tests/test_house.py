"""How large modules, folders and functions may grow before they are split, and how long the lines of templates."""

import ast
from collections import Counter
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ["draws", "editing", "expressentry", "fixtures", "occupations", "programs", "tests"]
MOST_LINES, MOST_MODULES = 300, 18  # about sixteen is the aim
USUAL_LENGTH, LONGEST_FUNCTION = 12, 30  # lines
LONGEST_LINE = 200  # characters; one in a hundred may be longer


def modules():
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [path.relative_to(ROOT) for path in found if "migrations" not in path.parts]


def test_no_module_is_longer_than_300_lines():
    lengths = {str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert len(lengths) > 200
    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}


def test_no_folder_of_code_holds_too_many_modules():
    code = [path for path in modules() if path.name != "__init__.py" and path.parts[0] != "tests"]

    folders = Counter(str(path.parent) for path in code)

    assert {folder: count for folder, count in folders.items() if count > MOST_MODULES} == {}


def test_nine_functions_in_ten_have_at_most_12_lines():
    code = [path for path in modules() if path.parts[0] != "tests"]
    trees = [ast.parse((ROOT / path).read_text(encoding="utf-8")) for path in code]

    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    lengths = sorted(node.end_lineno - node.lineno + 1 for node in functions)

    assert (lengths[len(lengths) * 9 // 10] <= USUAL_LENGTH, lengths[-1] <= LONGEST_FUNCTION) == (True, True)


def test_hardly_a_line_of_a_template_is_longer_than_200_characters():
    lines = [line for path in (ROOT / "templates").rglob("*.html") for line in path.read_text("utf-8").splitlines()]

    long = [line for line in lines if len(line) > LONGEST_LINE]

    assert len(long) * 100 <= len(lines)
