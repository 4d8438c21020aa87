"""Processor time of a sheet of 2,000 rows, against a budget of 3 s for each step: python -m tests.benchmarks.sheets"""

import time

import django
import tablib
from django.core.management import call_command

ROWS = 2_000


def main():
    django.setup()
    for command in ("migrate", "load_record"):
        call_command(command, verbosity=0)
    from django.contrib.auth.models import User
    from django.db import transaction

    from editing.admin.sheets.files import Sheet
    from programs.admin import AmountResource

    content = book_of_amounts()
    with transaction.atomic():
        user = User.objects.create(username="benchmark", is_superuser=True)
        read, sheet = timed(Sheet().create_dataset, content)
        given = {"user": user, "file_name": "sheet.xlsx", "rollback_on_validation_errors": True}
        shown, result = timed(AmountResource().import_data, sheet, dry_run=True, use_transactions=True, **given)
        saved, _result = timed(AmountResource().import_data, sheet, dry_run=False, use_transactions=True, **given)
        transaction.set_rollback(True)
    print(f"{result.totals['new']} rows: read {read:.2f} s, preview {shown:.2f} s, saved {saved:.2f} s")


def book_of_amounts():
    """New fees, as an export names their columns."""
    shared = {"valid_from": "2026-12-01", "dollars": 90, "label_en": "Biometrics", "position": 9}
    shared |= {"evidence": "official", "source": "A page", "checked_on": "2026-12-01"}
    rows = [["fees", f"item-{number}", *shared.values()] for number in range(ROWS)]
    return tablib.Dataset(*rows, headers=["table", "item", *shared]).export("xlsx")


def timed(work, *args, **given):
    start = time.process_time()
    result = work(*args, **given)
    return time.process_time() - start, result


if __name__ == "__main__":
    main()
