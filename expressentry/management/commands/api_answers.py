import json

import httpx
from django.core.management.base import BaseCommand

from expressentry.api import API, EXAMPLES, POSTED
from expressentry.api_page.descriptions import ANSWERS, SITE, trimmed


class Command(BaseCommand):
    help = "Write the answers that the API page shows, as a running site gives them."

    def add_arguments(self, parser):
        parser.add_argument("site", help="its address, such as http://127.0.0.1:8000")

    def handle(self, site, **options):
        asked = {name: httpx.get(f"{site}{API}{one}", timeout=60) for name, one in EXAMPLES.items()}
        asked |= {name: httpx.post(f"{site}{API}{name}", json=one, timeout=60) for name, one in POSTED.items()}
        kept = {name: trimmed(self.read(site, one)) for name, one in asked.items()}
        ANSWERS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def read(self, site, answer):
        return json.loads(answer.raise_for_status().text.replace(site, SITE))
