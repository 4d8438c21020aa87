#!/usr/bin/env python
import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expressentry.settings")
    os.environ["DJANGO_STATEMENT_TIMEOUT"] = "0"  # a backup or a migration takes what it takes
    gc.set_threshold(50_000)  # looking for garbage more seldom saves a seventh of the start
    execute_from_command_line(sys.argv)
