"""The tags of a page, for the tests of what every page promises."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {"details", "div", "dl", "ol", "p", "section", "table", "ul"}  # any of them ends a paragraph


class Tags(HTMLParser):
    """The tags of a page in order, and those that were not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open, self.misplaced = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        if tag == "li":
            self.end_item()
        if tag in BLOCKS and "p" in self.open:
            self.misplaced.append(f"p {tag}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def end_item(self):
        """HTML lets an item end where the next one begins, or its list ends."""
        if self.open[-1:] == ["li"]:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag != "li":
            self.end_item()
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(tag)

    def all(self, tag):
        return [values for name, values in self.found if name == tag]

    def attributes(self, name, *tags):
        return [values[name] for tag, values in self.found if name in values and (not tags or tag in tags)]
