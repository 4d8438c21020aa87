import json

import httpx
from django.core.management.base import BaseCommand

from expressentry.api import API, EXAMPLES
from expressentry.api_page.descriptions import ANSWERS, SITE, trimmed


class Command(BaseCommand):
    help = "Write the answers that the API page shows, as a running site gives them."

    def add_arguments(self, parser):
        parser.add_argument("site", help="its address, such as http://127.0.0.1:8000")

    def handle(self, site, **options):
        kept = {name: trimmed(self.ask(site, asked)) for name, asked in EXAMPLES.items()}
        ANSWERS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def ask(self, site, asked):
        text = httpx.get(f"{site}{API}{asked}", timeout=60).raise_for_status().text
        return json.loads(text.replace(site, SITE))
