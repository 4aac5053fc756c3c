"""The production server: `make run`. Values of the environment: BIND, PORT, WEB_WORKERS, WEB_THREADS,
WEB_WAITING."""

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
    """The server's own lines have the form of all others. It notes no requests: the catalogue does that itself."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter(loaded.log_queries))


logger_class = OneForm
worker_class = "gvc_catalogue.web.gunicorn_worker.CatalogueWorker"

# Every address of a node is bound by 0.0.0.0, or [::] where it has one of IPv6; only its proxy may reach it then.
bind = f"{loaded.bind}:{loaded.port}"
workers = loaded.web_workers
# A thread for each request that is answered or waits, so that the queue is in admission control
# (gvc_catalogue/web/middleware/admission_control.py) and not in front of the threads, where it is not counted; and some
# that reject requests and answer health checks.
SPARE = 8
threads = loaded.web_threads + loaded.web_waiting + SPARE
# The longest that gunicorn takes: a list with many filters chosen has a long address.
limit_request_line = 8190
# The control socket would lie in the home directory, one for all servers that run there.
control_socket_disable = True
loglevel = "warning"
# Only gvc_catalogue/web/middleware/trusted_proxies.py decides whose word is taken for where a reader comes from.
forwarded_allow_ips = ""
graceful_timeout = 10


LISTENING = LateListening()


def on_starting(server: object) -> None:
    """End with a sentence where nothing can be served; else start the workers, and listen once they have loaded.

    A database that is away is no reason: the index answers. A server that takes the sockets of another (systemd,
    SIGUSR2) opens none.
    """
    takes_over = os.environ.keys() & {"GUNICORN_FD", "LISTEN_FDS"}
    preflight.run(preflight.check_files, *([] if takes_over else [preflight.check_port]))
    LISTENING.start(server)


def post_worker_init(worker: object) -> None:
    """Load all, and leave it out of Python's collections, which would halt all threads for 80 ms now and then."""
    load_worker(worker)
    gc.collect()
    gc.freeze()
    LISTENING.loaded(worker)


def when_ready(server: object) -> None:
    """Say where the catalogue is, once it can be reached."""
    database = "DATABASE_URL=… " if env.text(os.environ, "DATABASE_URL") else ""
    print(
        f"The GVC Policy Catalogue is on http://{bind}/ (Ctrl-C ends it).\n"
        f"To create an administrator for http://{bind}/admin/, type in another terminal:\n"
        f"  {database}.venv/bin/python manage.py createsuperuser",
        flush=True,
    )
