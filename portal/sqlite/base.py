"""Django's SQLite, with connections that may be kept between requests.

Opening a connection and closing the last one, which brings the log into the database, costs more
than all that is asked meanwhile. A kept connection has a danger of its own: where the file was
replaced (a backup played back), it goes on writing into the old one, which is gone.
"""

import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    file = None

    def _file(self):
        """Which file is at the database's place now: its device and number, or None."""
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        self.file = self._file()
        return connection

    def is_usable(self):
        return self.file == self._file()
