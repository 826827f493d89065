"""Where pip would look for a file: the reader's own indexes, folders, proxy, certificates and passwords.

What pip is told by its files and variables is asked of pip itself, so that a mirror that serves the Python tools
serves this too. Places that are not there are passed over, as pip passes them over.

Source: https://packaging.python.org/en/latest/specifications/simple-repository-api/
"""

import ast
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse
import urllib.request

import requests

FORMS = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"


def pip(*arguments):
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, capture_output=True, text=True).stdout


def settings():
    """pip's settings by name; of several, the variables come before [install], and that before [global]."""
    found = {}
    for line in pip("config", "list").splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if section in ORDER and value:
            found.setdefault(name, {})[section] = ast.literal_eval(value)
    return {name: next(values[each] for each in ORDER if each in values) for name, values in found.items()}


ORDER = [":env:", "install", "global"]


def default_index():
    """The index that pip takes unless told: only its own help names it."""
    named = re.search(r"--index-url\b.*?\(default\s+([^\s)]+)\)", pip("install", "--help"), re.DOTALL)
    return named[1] if named else ""


class Sources:
    """The places of one set of settings, and the session that reaches them."""

    def __init__(self, settings):
        self.timeout = float(settings.get("timeout", 15))
        self.folders = settings.get("find-links", "").split()
        self.indexes = []
        if settings.get("no-index", "").lower() not in ("1", "true", "yes", "on"):
            index = settings.get("index-url") or default_index()
            self.indexes = [*index.split(), *settings.get("extra-index-url", "").split()]
        self.trusted = set(settings.get("trusted-host", "").split())
        self.session = requests.Session()
        if settings.get("proxy"):
            self.session.proxies = {"http": settings["proxy"], "https": settings["proxy"]}
            self.session.trust_env = False
        if settings.get("cert"):
            self.session.verify = settings["cert"]
        if settings.get("client-cert"):
            self.session.cert = settings["client-cert"]

    def get(self, url, **options):
        """An answer of a server; raises requests.RequestException, also where the server refuses."""
        parts = urllib.parse.urlsplit(url)
        if self.trusted & {parts.hostname, parts.netloc.rpartition("@")[2]}:
            options["verify"] = False
        answer = self.session.get(url, timeout=self.timeout, **options)
        answer.raise_for_status()
        return answer

    def addresses(self, project, file, problems):
        """The addresses of the file, those on this machine first; `problems` takes a phrase for each silent place."""
        pages = [*self.folders, *(f"{index.rstrip('/')}/{project}/" for index in self.indexes)]
        for page in sorted(map(as_url, pages), key=lambda page: not page.startswith("file:")):
            try:
                yield from (link for name, link in self.links(page) if name == file)
            except requests.RequestException as problem:
                problems.append(phrase(problem))

    def links(self, page):
        """(file name, address) of all that a folder, or a page of an index, offers."""
        if page.startswith("file:"):
            return links_on_disk(path_of(page))
        answer = self.get(page, headers={"Accept": FORMS})
        if "json" in answer.headers.get("content-type", ""):
            offered = [(each["filename"], each["url"]) for each in answer.json()["files"]]
        else:
            offered = anchors(answer.text)
        return [(name, with_password(urllib.parse.urljoin(answer.url, link), page)) for name, link in offered]


def links_on_disk(path):
    page = path / "index.html" if path.is_dir() else path
    if page.is_file():
        return [(name, urllib.parse.urljoin(page.as_uri(), link)) for name, link in anchors(page.read_text())]
    return [(each.name, each.as_uri()) for each in path.glob("*.whl")]


def anchors(text):
    """(file name, address) of every link of an HTML page."""
    links = []
    parser = html.parser.HTMLParser()
    parser.handle_starttag = lambda tag, attributes: tag == "a" and links.append(dict(attributes).get("href") or "")
    parser.feed(text)
    return [(urllib.parse.unquote(urllib.parse.urlsplit(link).path).rpartition("/")[2], link) for link in links]


def as_url(place):
    return place if "://" in place else pathlib.Path(place).expanduser().resolve().as_uri()


def path_of(url):
    return pathlib.Path(urllib.request.url2pathname(urllib.parse.urlsplit(url).path))


def with_password(link, page):
    """The link with the name and password of the page's own address, if it leads to the same server."""
    there, here = urllib.parse.urlsplit(link), urllib.parse.urlsplit(page)
    if "@" in here.netloc and here.netloc.rpartition("@")[2] == there.netloc:
        return there._replace(netloc=here.netloc).geturl()
    return link


def phrase(problem):
    """"index.example: ConnectionError", without what a password could stand in."""
    address = urllib.parse.urlsplit(problem.request.url if problem.request is not None else "")
    answer = problem.response
    what = type(problem).__name__ if answer is None else f"HTTP status {answer.status_code}"
    return f"{address.hostname}: {what}" if address.hostname else what
