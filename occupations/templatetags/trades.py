from django import template

from editing.days import canadian_day
from occupations.models import Occupation
from occupations.program_fit import Rules

register = template.Library()


@register.simple_tag
def trade_groups():
    """The groups of trades that count today by code and title, each with its unit groups; and how many those are."""
    rules, groups = Rules(canadian_day()), {}
    for occupation in Occupation.objects.with_groups():
        if code := rules.trade_group(occupation.code):
            title = dict(occupation.groups).get(code, occupation.title)  # a unit group can be a group by itself
            groups.setdefault((code, title), []).append(occupation)
    return {"groups": groups, "count": sum(map(len, groups.values()))}
