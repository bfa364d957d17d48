"""What a `Writer` writes in when the server is a process of its own, reached by HTTP."""

import requests


class Browser:
    """headers: what it says of itself with everything that it sends."""

    def __init__(self, server, **headers):
        self.server, self.headers = server, headers

    def get(self, address):
        return requests.get(self.server.address + address, headers=self.headers, timeout=60)

    def post(self, address, data, headers=None):
        """Values of `data` that are tuples (name, bytes, type) are files."""
        files = {name: value for name, value in data.items() if isinstance(value, tuple)}
        return requests.post(
            self.server.address + address,
            {name: value for name, value in data.items() if name not in files},
            files=files or None,
            headers=self.headers | (headers or {}),
            timeout=60,
        )
