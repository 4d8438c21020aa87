import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expressentry.settings")
django = get_wsgi_application()

# These read forms and models, which Django has set up by now.
from expressentry.pagecache.edge import PageCache  # noqa: E402
from expressentry.pagecache.version import Version  # noqa: E402
from expressentry.release import release  # noqa: E402
from expressentry.serving import outages  # noqa: E402, F401 - connects itself to what opens the database
from expressentry.serving.chunks import with_length  # noqa: E402
from expressentry.serving.stack import with_room  # noqa: E402

release()  # of the files that were imported: a worker that is forked later may find others
application = PageCache(with_room(with_length(django)), Version())
