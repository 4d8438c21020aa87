"""How gunicorn serves the site; GUNICORN_CMD_ARGS and the command line override each line."""

import ctypes
import gc
import os
from contextlib import suppress
from threading import Thread

wsgi_app = "expressentry.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

# One import for all workers: they share memory, and agree on the version of the code.
preload_app = True
workers = int(os.environ.get("WEB_CONCURRENCY", min(os.cpu_count() or 1, 3) + 1))
worker_class = "expressentry.serving.worker.Worker"
threads = 4
worker_connections = 500  # below the 1024 files that a process may have open where nobody raised the limit
sendfile = False  # the worker sends answers itself; a file would overtake its headers

timeout = 30
graceful_timeout = 10
keepalive = 5
limit_request_line = 8190  # the titles of a long shortlist

loglevel = "error"  # a warning of gunicorn's is about a request that makes no sense
accesslog = "-"
logger_class = "expressentry.serving.access_log.AccessLog"  # DJANGO_ACCESS_LOG says whether there is one
control_socket_disable = True  # it would be a file outside the project

gc.disable()  # an import leaves no garbage, and looking for it takes a seventh of the start

M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3  # of glibc's malloc.h
with suppress(OSError, AttributeError):  # another C library has no such heaps
    libc = ctypes.CDLL(None)
    libc.mallopt(M_ARENA_MAX, 1)  # a heap for each thread keeps what each once grew to
    libc.mallopt(M_MMAP_THRESHOLD, 512 * 1024)  # a long text goes back to the system, and leaves no hole in the heap


def when_ready(server):
    """Let the garbage collector leave alone what was imported: workers go on sharing it, and collect sooner."""
    gc.collect()
    gc.freeze()
    gc.enable()


def post_worker_init(worker):
    """Build the search index and make the changes that are due, while the worker answers pages."""
    from expressentry.serving.due_changes import keep_applying
    from expressentry.warming import in_thread

    gc.enable()  # after a HUP, which reads this file again, nothing else does
    Thread(target=in_thread, daemon=True).start()
    Thread(target=keep_applying, daemon=True).start()
