"""What review pages say of a row that is hard to believe or was refused, and what they are answered."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from editing import plausibility
from editing.constraint_messages import message_of

SAY_WHY = _("Say in a few words what is to be changed: whoever wrote it goes on from there.")
ON_ITS_OWN_PAGE = _("Publish it on its own page, and say there why it is right.")
HARD_TO_BELIEVE = _("Nothing is saved yet. Look at what is marked beside the buttons: publish it only with a reason.")


def answer_of(request):
    """What the page's publisher says to the doubts that it showed."""
    return plausibility.Answer(request.POST.get("right_because", ""), request.POST.get("doubts_seen", ""))


def sentences_of(fault):
    return fault.messages if isinstance(fault, ValidationError) else [message_of(fault)]


def doubts_context(found):
    return {"doubts": found, "doubts_seen": plausibility.seal(found)}
