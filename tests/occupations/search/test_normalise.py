import pytest

from occupations.search.normalise import Lexicon, fold, words

LEXICON = Lexicon(
    fold(
        "Ingénieur civil/ingénieure civile\nSoudeurs/soudeuses et plombier/plombière\n"
        "Foreman/woman\nPsychologist\nSecretary\nJournal\nRepairer\nTruck driver"
    )
)


def test_fold_keeps_letters_only():
    assert fold("Œnologue D’État – MÉDECIN") == "oenologue d'etat - medecin"


def test_words_leave_out_stop_words_and_join_initials():
    assert words(fold("Registered nurse (R.N.) in the home")) == ["registered", "nurse", "rn", "home"]


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("civile", "civil"),
        ("ingenieures", "ingenieur"),
        ("plombieres", "plombier"),
        ("forewoman", "foreman"),
        ("foremen", "foreman"),
        ("secretaries", "secretary"),
        ("journaux", "journal"),
        ("unheard", "unheard"),
    ],
)
def test_base_form_has_neither_gender_nor_number(word, base):
    assert LEXICON.base(word) == base


@pytest.mark.parametrize(
    ("word", "likely"),
    [
        ("sycologist", ("psychologist", 0.5)),
        ("drivr", ("driver", 0.5)),
        ("vivil", ("civil", 1)),
        ("scretari", ("secretary", 1.0)),
    ],
)
def test_misspelled_word_finds_likely_word_first(word, likely):
    assert LEXICON.spelled_like(word)[0] == likely


def test_short_word_is_not_corrected():
    assert LEXICON.spelled_like("trk") == []


def test_stem_finds_its_relatives():
    assert LEXICON.related("repairing") == ["repairer"]


def test_words_run_together_are_parted():
    assert LEXICON.parted("truckdriver") == ["truck", "driver"]
