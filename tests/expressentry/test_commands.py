import io

from django.core.management import call_command

from draws.models import Draw


def test_load_record_leaves_a_loaded_record_as_it_is(db):
    Draw.objects.filter(number="254").update(cutoff=1)
    said = io.StringIO()

    call_command("load_record", stdout=said)

    assert said.getvalue() == "The record is up to date.\n"
    assert Draw.objects.get(number="254").cutoff == 1


def test_load_record_fills_an_empty_record(empty):
    call_command("load_record", verbosity=0, stdout=io.StringIO())

    assert Draw.objects.count() == 448
