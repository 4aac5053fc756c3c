"""gunicorn configuration, the production server (`make run`).

Environment variables: BIND, PORT, WEB_WORKERS, WEB_THREADS, WEB_WAITING.
"""

import gc
import os
from typing import Any

from gunicorn.glogging import Logger

from gvc_catalogue import configuration, env, preflight
from gvc_catalogue.web.logging.json_formatter import JsonFormatter
from gvc_catalogue.web.server_start import LateListening
from gvc_catalogue.web.worker_loading import load_worker

loaded = configuration.load()


class OneForm(Logger):
    """gunicorn logger with the catalogue's JSON format. It logs no requests: AccessLogMiddleware does."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter(loaded.log_queries))


logger_class = OneForm
worker_class = "gvc_catalogue.web.gunicorn_worker.CatalogueWorker"

# 0.0.0.0, or [::] with IPv6, binds all addresses of a node; the node must then be reachable by its proxy only.
bind = f"{loaded.bind}:{loaded.port}"
workers = loaded.web_workers
# One thread per running or queued request, so that the queue is in admission control
# (gvc_catalogue/web/middleware/admission_control.py) and not in front of the threads, where it is not counted; and
# spare threads that reject requests and answer health checks.
SPARE = 8
threads = loaded.web_threads + loaded.web_waiting + SPARE
# The maximum of gunicorn: a list with many selected filters has a long address.
limit_request_line = 8190
# The control socket would be in the home directory, one for all servers of this user.
control_socket_disable = True
loglevel = "warning"
# Forwarding headers are handled by gvc_catalogue/web/middleware/trusted_proxies.py alone.
forwarded_allow_ips = ""
graceful_timeout = 10


LISTENING = LateListening()


def on_starting(server: object) -> None:
    """Run the preflight checks, start the workers, and listen once they have loaded.

    A failed check ends the program with an error message. An unavailable database is no failure, as the index can serve
    requests. The port is not checked where sockets are inherited (systemd, SIGUSR2).
    """
    takes_over = os.environ.keys() & {"GUNICORN_FD", "LISTEN_FDS"}
    preflight.run(preflight.check_files, *([] if takes_over else [preflight.check_port]))
    LISTENING.start(server)


def post_worker_init(worker: object) -> None:
    """Warm up a worker, and exempt its objects from garbage collection, which would pause all threads for 80 ms."""
    load_worker(worker)
    gc.collect()
    gc.freeze()
    LISTENING.loaded(worker)


def when_ready(server: object) -> None:
    """Print the catalogue's address and the command that creates an administrator, once it accepts connections."""
    database = "DATABASE_URL=… " if env.text(os.environ, "DATABASE_URL") else ""
    print(
        f"The GVC Policy Catalogue is on http://{bind}/ (Ctrl-C ends it).\n"
        f"To create an administrator for http://{bind}/admin/, type in another terminal:\n"
        f"  {database}.venv/bin/python manage.py createsuperuser",
        flush=True,
    )
