"""What tests of views share."""

STEM_2023 = (
    "20010 20011 20012 21200 21201 21202 21203 21210 21211 21220 21221 21222 "
    "21223 21230 21231 21232 21233 21234 21300 21310 21311 21321 21322 41400"
)


STEM_2025 = "20011 21220 21300 21301 21310 21321 21331 22300 22301 22310 63100"


def listed(response):
    return codes(row.record for row in response.context["table"].rows)


def codes(listings):
    return " ".join(listing.occupation.code for listing in listings)


def unit_groups(count):
    return [f"7{number:04}" for number in range(count)]
