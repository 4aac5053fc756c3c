"""Client of the WSGI application itself, as the server calls it: Django's test client makes requests of its own."""

from io import BytesIO
from typing import Any

from .site import Answer

# As the server passes them on (RFC 3875, 4.1).
UNPREFIXED = ("CONTENT_TYPE", "CONTENT_LENGTH")


def ask(application: Any, address: str, headers: dict[str, str], method: str = "GET") -> Answer:
    """Return what the application answers to an address, whole."""
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    for name, value in headers.items():
        variable = name.upper().replace("-", "_")
        environ[variable if variable in UNPREFIXED else f"HTTP_{variable}"] = value
    said: list[Any] = []
    response: Any = application(environ, lambda status, found: said.extend((status, found)))
    body = b"".join(response)
    response.close()
    return Answer(int(said[0].split()[0]), said[1], body)
