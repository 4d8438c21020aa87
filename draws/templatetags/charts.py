"""Charts on pages; those of lower packages ask for theirs here."""

from django import template

from draws.charts.cutoffs import draws_chart, known_chart, stream_chart
from draws.streams.queries import of_category, of_program

register = template.Library()


@register.inclusion_tag("includes/chart.html", takes_context=True)
def show_chart(context, chart):
    """A chart, whose form keeps what else the page was asked."""
    return {"chart": chart, "asked": context.get("asked", ())}


@register.inclusion_tag("includes/chart.html", takes_context=True)
def program_chart(context, program):
    return show_chart(context, stream_chart(of_program(program), context["score_form"]))


@register.inclusion_tag("includes/chart.html", takes_context=True)
def category_chart(context, category, until):
    stream, form = of_category(category), context["score_form"]
    if context["known"]:
        return show_chart(context, known_chart(stream, context["draws"], form, until))
    return show_chart(context, stream_chart(stream, form, until))


@register.inclusion_tag("includes/chart.html", takes_context=True)
def occupation_chart(context, occupation, draws, until):
    """The cut-offs of the category draws that listed an occupation."""
    return show_chart(context, draws_chart(occupation, draws, context["score_form"], until))
