"""What a browser does with the admin's forms."""

from html.parser import HTMLParser

from django.urls import reverse

SAID = {"change_cause": "ours", "change_reason": "A test"}  # what happened, and why


class Form(HTMLParser):
    """What a browser would send from the change form of a page."""

    def __init__(self, html):
        super().__init__()
        self.values, self.select, self.text, self.inside = {}, None, None, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "form":
            self.inside = given.get("id", "").endswith("_form")
        if not self.inside:
            return
        if tag == "input" and name and given.get("type") not in ("submit", "checkbox", "radio", "file"):
            self.values[name] = given.get("value", "")
        elif tag == "input" and name and "checked" in given:
            self.values.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given and self.select:
            self.values[self.select] = given.get("value", "")
        elif tag == "textarea":
            self.text, self.values[name] = name, ""

    def handle_data(self, data):
        if self.text:
            self.values[self.text] += data if self.values[self.text] else data.removeprefix("\n").removeprefix("\r\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def opened(client, row):
    """The entries of the change form of a row, as opened now; empty rows for additions are left out."""
    response = client.get(address(type(row), "change", row.pk))
    values = Form(response.content.decode()).values
    values.pop("_popup", None)
    return {name: value for name, value in values.items() if "__prefix__" not in name}


def save(client, row, values=None, **changes):
    """Send the change form of a row, opened now unless its entries are given, with other values and what happened."""
    values = values if values is not None else opened(client, row)
    said = SAID | ({"change_reason": values["change_reason"]} if values.get("change_reason") else {})
    return client.post(address(type(row), "change", row.pk), values | {"_save": "Save"} | said | changes)


def said(response):
    """Every sentence that the form shows."""
    form = response.context["adminform"].form
    return [str(sentence) for sentences in form.errors.values() for sentence in sentences]


def told(response):
    """The messages on the page after a redirect."""
    return [str(message) for message in response.context["messages"]]
