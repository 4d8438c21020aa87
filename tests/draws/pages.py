"""Reading a page as a visitor does."""

import html
import re

QUERIES = 7  # a list: its own and the date in the footer; one draw asks one more


def words(page):
    """The text of the main part of a page, in single spaces."""
    main = page[page.index("<main") : page.index("</main>")]
    text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main))).strip()
    return re.sub(r" (?=[.,)])|(?<=\() ", "", text)


def section(page, key):
    """The part of a page under the heading with that id, as HTML."""
    start = page.index(f'aria-labelledby="{key}"')
    return page[start : page.index("</section>", start)]


def numbers(page):
    """The numbers of the draws in the first column of the list, in order."""
    return re.findall(r'<th scope="row"[^>]*><a href="/(?:fr/)?draws/([^/]+)/', page)
