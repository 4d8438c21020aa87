import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from occupations.shortlist.input import MOST_CODES, InputFault, InputReader, ReadAs
from tests.occupations.rows import load_rows

THREE = ["21231", "22300", "63200"]


@pytest.fixture
def read(search_index):
    def read(*texts):
        return InputReader(search_index).read(texts)

    return read


@pytest.mark.parametrize(
    "text",
    [
        "21231, 63200, 22300",
        "21231 63200\t22300 63200",
        "21231\r\n63200;22300|",
        "NOC 21231, noc63200 and CNP: 22300 (FEER 2)",
        "NOC 2021 21231 - Software engineers and designers, 63200 Cooks (TEER 3); 22300 Civil engineering technicians",
        "1. 21231\n2) 63200\n- 22300",
        "Software engineers and designers\t21231\t1\nCooks\t63200\t3\nCivil engineering technologists\t22300\t2",
        "\"21231\"/'63200' or [22300]",
        "２１２３１ 63200 22300",
    ],
)
def test_codes_are_read_in_any_form(read, text):
    pasted = read(text)

    assert (pasted.codes, pasted.faults) == (THREE, [])


def test_codes_of_several_texts_are_read(read):
    assert read("63200", "21231").codes == ["21231", "63200"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("cook", ["63200"]),
        ("médecin de famille; infirmière autorisée", ["31102", "31301"]),
        ("Supervisors, mining and quarrying", ["82020"]),
        ("cook, truck driver, Supervisors, mining and quarrying, dentist", ["31110", "63200", "73300", "82020"]),
    ],
)
def test_whole_titles_are_read(read, text, codes):
    pasted = read(text)

    assert (pasted.codes, pasted.faults) == (codes, [])
    assert sorted(one.code for one in pasted.read_as) == codes


def test_former_code_with_one_successor_is_read_and_said(read):
    pasted = read("7241")

    assert (pasted.codes, pasted.read_as) == (["72200"], [ReadAs("7241", "72200", "former_code")])


@pytest.mark.parametrize("text", ["2174", "NOC 2016 2174", "2174 Computer programmers"])
def test_former_code_with_several_successors_names_them(read, text):
    pasted = read(text)

    assert (pasted.codes, pasted.faults) == ([], [InputFault("2174", "several", ("21230", "21232", "21234"))])


def test_title_of_several_unit_groups_names_them(read):
    pasted = read("computer programmers and interactive media developers")

    assert pasted.faults[0].codes == ("21230", "21232", "21234")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("99999", InputFault("99999", "unknown")),
        ("9999", InputFault("9999", "unknown")),
        ("212311", InputFault("212311", "unknown")),
        ("21231.5", InputFault("21231.5", "unknown")),
        ("quokka wrangler", InputFault("quokka wrangler", "unknown")),
        ("<script>alert(1)</script>", InputFault("<script>alert(1)</script>", "unknown")),
        ("63200 quokka", InputFault("quokka", "beside", ("63200",))),
        ("63200 Welders", InputFault("Welders", "beside", ("63200",))),
        ("7241 quokka", InputFault("quokka", "beside", ("72200",))),
    ],
)
def test_what_is_not_read_is_named(read, text, fault):
    assert read(f"21231\n{text}").faults == [fault]


def test_codes_beyond_the_most_are_named(read):
    codes = [code for code, _, _ in load_rows()[0]]

    pasted = read(*codes[: MOST_CODES + 2])

    assert pasted.codes == codes[:MOST_CODES]
    assert pasted.faults == [InputFault(code, "too_many") for code in codes[MOST_CODES : MOST_CODES + 2]]


def test_text_without_an_entry_has_no_fault(read):
    assert (read("", " ,;\n", "NOC", "-").codes, read("", " ,;\n", "NOC", "-").faults) == ([], [])


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(st.text(max_size=60), st.text("0123456789 ,;\nNOCcook", max_size=60)), max_size=4))
def test_any_text_is_read(search_index, texts):
    pasted = InputReader(search_index).read(texts)

    assert pasted.codes == sorted(set(pasted.codes))
    assert all(fault.text.strip() for fault in pasted.faults)
