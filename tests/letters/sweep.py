"""Looks for words in everything that the portal keeps or says."""

import io
import re
from pathlib import Path

import psycopg
import redis
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from tests.environment import FOLDER, POSTGRESQL, WORKER, database_url


def every_table():
    """{name of a table: all its rows, as text}"""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "letters_search":  # a view of the tables beside it, which are read
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = (
                [bytes(value) if isinstance(value, memoryview) else value for value in row]
                for row in cursor.fetchall()
            )
            found[table] = "\n".join(map(repr, rows))
    return found


def raw_database():
    """{name: bytes}: on SQLite its files, on PostgreSQL what a backup holds."""
    if not POSTGRESQL:
        paths = FOLDER.glob(f"{WORKER}.sqlite3*")
        return {path.name: path.read_bytes() for path in paths}
    found = {}
    with psycopg.connect(database_url(WORKER)) as server:
        for table in connection.introspection.table_names():
            with server.cursor().copy(
                sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
            ) as lines:
                found[table] = b"".join(map(bytes, lines))
    return found


def folders(*more):
    """{path: its name and its bytes}: media, private storage, and the folders named."""
    found = {}
    for folder in (FOLDER / WORKER / "media", FOLDER / WORKER / "private", *map(Path, more)):
        for path in folder.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            found[str(path)] = str(path.relative_to(folder)).encode() + b"\n" + content
    return found


def cache(url):
    """{name of a key: its name and its value}"""
    with redis.from_url(url) as client:
        return {repr(key): key + b"\n" + client.dump(key) for key in client.scan_iter()}


def empty(url):
    with redis.from_url(url) as client:
        client.flushall()


def exports():
    found = {}
    for purpose in ("quoting", "translation"):
        for form in ("json", "csv"):
            said = io.StringIO()
            call_command("export_letters", f"--for={purpose}", f"--format={form}", stdout=said)
            found[f"{purpose}.{form}"] = said.getvalue().encode()
    return found


def pages(client, *addresses):
    """{address: the answer}"""
    return {address: client.get(address).content for address in addresses}


def where(words, places):
    """The names of the places that hold one of the words, in whatever capitals."""
    pattern = re.compile("|".join(map(re.escape, words)).encode(), re.IGNORECASE)
    return {
        (name, match[0].decode())
        for name, content in places.items()
        for match in [pattern.search(content if isinstance(content, bytes) else content.encode())]
        if match
    }
