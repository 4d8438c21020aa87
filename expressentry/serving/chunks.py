"""Bodies that come in chunks."""

from io import BytesIO


def with_length(application):
    """Django reads no further than the length that was announced; of chunks, the worker has them all by now."""

    def call(environ, start_response):
        if environ.get("HTTP_TRANSFER_ENCODING", "").rpartition(",")[2].strip().lower() == "chunked":
            body = environ["wsgi.input"].read()
            environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return application(environ, start_response)

    return call
