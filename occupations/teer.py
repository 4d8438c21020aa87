"""The six categories of training, education, experience and responsibilities (TEER), explained."""

from django.utils.translation import gettext_lazy as _

MEANINGS = {
    0: _("management"),
    1: _("work that usually takes a university degree"),
    2: _("work that usually takes a college diploma or an apprenticeship of two years or more, or supervision"),
    3: _(
        "work that usually takes a shorter college diploma or apprenticeship, or over six months of training at work"
    ),
    4: _("work that usually takes secondary school or some weeks of training at work"),
    5: _("work that is usually learned by a short demonstration, without formal education"),
}
