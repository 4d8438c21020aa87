"""What tests of views share."""

NO_CHOICE = "Select a valid choice. %s is not one of the available choices."


CRS, FSW, LANGUAGE, CASES = "/tools/crs/", "/tools/fsw/", "/tools/language/", "/about/worked-cases/"


def faults(form):
    return {name: fault[0] for name, fault in form.errors.items()}
