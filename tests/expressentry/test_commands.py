import io

from django.core.management import call_command

from draws.models import Draw


def test_load_if_empty_leaves_a_filled_record_as_it_is(db):
    Draw.objects.filter(number="254").update(cutoff=1)
    said = io.StringIO()

    call_command("load_record", if_empty=True, stdout=said)

    assert said.getvalue() == ""
    assert Draw.objects.get(number="254").cutoff == 1


def test_load_if_empty_fills_an_empty_record(empty):
    call_command("load_record", if_empty=True, verbosity=0, stdout=io.StringIO())

    assert Draw.objects.count() == 448
