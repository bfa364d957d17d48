"""Two machines' worth of the portal on this one: two servers, each with a folder of its own for
what it keeps, one database, one Redis, one object storage, and nginx before them."""

from contextlib import ExitStack

from tests.environment import FOLDER
from tests.nginx import Nginx
from tests.outages import ObjectStorage, Redis
from tests.server import Server


class Nodes:
    """Serves the database called `name`. address: of nginx; servers: two of `tests.server`."""

    def __init__(self, name, **changes):
        self._stack = ExitStack()
        with ExitStack() as begun:
            self.redis = Redis().start()
            begun.callback(self.redis.kill)
            self.storage = ObjectStorage()
            begun.callback(self.storage.kill)
            self.nginx = Nginx()
            begun.callback(self.nginx.stop)
            shared = {
                "CACHE_URL": self.redis.url,
                "BASE_URL": self.nginx.address,
                "FRONT_CACHES": self.nginx.purge,
                "TRUSTED_PROXIES": "1",
                **self.storage.settings,
                **changes,
            }
            self.servers = []
            for number in range(2):
                pages = str(FOLDER / name / f"pages of {number}")
                server = Server(name, PAGES_ROOT=pages, **shared)
                begun.callback(server.stop)
                self.servers.append(server)
            for server in self.servers:
                server.wait()
            self.nginx.start([server.port for server in self.servers])
            self._stack = begun.pop_all()
        self.address = self.nginx.address

    def stop(self):
        self._stack.close()
