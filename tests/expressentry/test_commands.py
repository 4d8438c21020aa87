import io

from django.core.management import call_command

from draws.models import Draw


def test_prepare_leaves_a_filled_record_as_it_is(db):
    Draw.objects.filter(number="254").update(cutoff=1)
    said = io.StringIO()

    call_command("prepare", stdout=said)

    assert said.getvalue() == "The record is loaded.\n"
    assert Draw.objects.get(number="254").cutoff == 1


def test_prepare_fills_an_empty_record(empty):
    call_command("prepare", verbosity=0, stdout=io.StringIO())

    assert Draw.objects.count() == 448
