"""How gunicorn serves the portal; it reads this file by itself when it starts in this folder."""

import gc
import os
from typing import Any

from gunicorn import util

from paqte_portal.server_pages import write_error

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4

# What gunicorn cannot read never reaches Django: without this, those answers would be in English. No hook exists.
util.write_error = write_error


def post_worker_init(_worker: Any) -> None:  # Any: a worker of gunicorn, which has no types
    """What the portal is made of stays: the collector need not go through it again at every other page (0.1 s).

    Nor need it go so often through what is kept from one page to the next (`reporting.selectors.ground`): nearly all
    that a page leaves behind is freed by its last reference, and rings can wait for some pages more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
