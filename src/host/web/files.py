"""A file as an answer. What a browser would run is never shown inside our pages: it is handed over to be saved."""

from typing import cast
from unicodedata import normalize
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from host.files.file import File

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The address of a file always means the same bytes; who may see them was asked for this one browser.
    "Cache-Control": "private, max-age=31536000, immutable",
}


def file_response(file: File) -> Response:
    """Its content, whole or in part, or that the browser has it already. Who may see it was asked before. Raises
    NotFound where the content is gone."""
    content = wrap_file(request.environ, file.open())
    response = Response(content, content_type=file.type, headers=HEADERS, direct_passthrough=True)
    response.content_length = file.size
    response.last_modified = file.created_at
    response.set_etag(file.sha256)
    shown = "inline" if file.is_picture else "attachment"
    response.headers.set("Content-Disposition", shown, **_called(file.name))
    try:
        return cast("Response", response.make_conditional(request, accept_ranges=True, complete_length=file.size))
    except RequestedRangeNotSatisfiable:
        response.close()
        raise


def _called(name: str) -> dict[str, str]:
    """The name as headers have it; other letters than a header's own stand in a field of their own (RFC 6266)."""
    if name.isascii():
        return {"filename": name}
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    return {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}
