"""Which addresses count as Salesforce. Everything a token is sent to passes through here."""

import re
import urllib.parse
from typing import NoReturn

from core.errors import InvalidInput, SignInRefused, WrongOrg

MAX_URL_LENGTH = 255

# https://help.salesforce.com/s/articleView?id=sf.domain_name_url_formats.htm
_LABELS = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
_SALESFORCE_HOST = re.compile(rf"(?:login|test)\.salesforce\.com|{_LABELS}my\.salesforce\.com")
# Lightning and Setup pages live on twins of the My Domain that serve no sign-in.
_TWIN_HOST = re.compile(rf"({_LABELS})(?:lightning\.force\.com|my\.salesforce-setup\.com)")
_FORBIDDEN = re.compile(r"[^\x21-\x7e]|[\\%@?#]")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/_.~-]*")

_EXAMPLE = "https://yourschool.my.salesforce.com"


class HostRules:
    """The allow-list. `demo_origin` is accepted in addition, and only exactly as written."""

    def __init__(self, demo_origin: str | None) -> None:
        self.demo_origin = demo_origin.rstrip("/") if demo_origin else None

    def login_origin(self, pasted: str) -> str:
        """Return the https origin to sign in at, from whatever somebody pasted.

        A Lightning or Setup address becomes its My Domain. Raises InvalidInput with the reason.
        """
        text = pasted.strip()
        if self._is_demo(text):
            return text.rstrip("/")
        if not text:
            _refuse_input("No address was given.")
        text = text if "://" in text else f"https://{text}"
        host, path = _split(text)
        if twin := _TWIN_HOST.fullmatch(host):
            return f"https://{twin.group(1)}my.salesforce.com"
        if path not in ("", "/"):
            _refuse_input("The address goes on after the host name.")
        if not _SALESFORCE_HOST.fullmatch(host):
            _refuse_input("This is not the address of a Salesforce org.")
        return f"https://{host}"

    def check_instance_url(self, url: str) -> str:
        """Return the origin of the `instance_url` an org answered with, or raise SignInRefused."""
        if self._is_demo(url):
            return url.rstrip("/")
        return self._check(url, any_path=False)

    def check_url(self, url: str) -> str:
        """As check_instance_url, for a URL that goes on after the host (the `id` of a grant)."""
        if self.demo_origin and url.startswith(f"{self.demo_origin}/") and _is_plain(url):
            return self.demo_origin
        return self._check(url, any_path=True)

    def check_same_origin(self, url: str, origin: str) -> None:
        """Raise WrongOrg unless a request for `url` goes to `origin` and nowhere else."""
        if _origin_of(url) != _origin_of(origin):
            raise WrongOrg(
                "A call would have left the connected org; it was not sent.",
                advice="Sign in to the org again. If it happens again, tell Halda support.",
            )

    def is_demo(self, origin: str) -> bool:
        return self.demo_origin is not None and origin == self.demo_origin

    def _is_demo(self, url: str) -> bool:
        return self.demo_origin is not None and url in (self.demo_origin, f"{self.demo_origin}/")

    def _check(self, url: str, *, any_path: bool) -> str:
        try:
            host, path = _split(url)
        except InvalidInput:
            _refuse_answer()
        if not _SALESFORCE_HOST.fullmatch(host):
            _refuse_answer()
        if not any_path and path not in ("", "/"):
            _refuse_answer()
        return f"https://{host}"


def is_org_origin(url: str) -> bool:
    """Whether this is the https origin of an org of Salesforce's own, and nothing more."""
    try:
        host, path = _split(url)
    except InvalidInput:
        return False
    return not path and _SALESFORCE_HOST.fullmatch(host) is not None


def _split(url: str) -> tuple[str, str]:
    """Host in lower case and path of a plain https URL; raises InvalidInput for any other."""
    if len(url) > MAX_URL_LENGTH:
        _refuse_input("The address is too long.")
    if _FORBIDDEN.search(url):
        _refuse_input("The address holds characters that a host name cannot have.")
    try:
        parts = urllib.parse.urlsplit(url)
        port = parts.port
    except ValueError:
        _refuse_input("This is not a web address.")
    if parts.scheme != "https":
        _refuse_input("The address must start with https://.")
    host = parts.netloc.lower().removesuffix(":443")
    if port not in (None, 443) or ":" in host:
        _refuse_input("The address names a port.")
    if not _PLAIN_PATH.fullmatch(parts.path):
        _refuse_input("The address holds characters that a host name cannot have.")
    return host, parts.path


def _is_plain(url: str) -> bool:
    return len(url) <= MAX_URL_LENGTH and not _FORBIDDEN.search(url)


def _origin_of(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port a client would connect to; None for anything ambiguous."""
    if "\\" in url.partition("?")[0] or any(ord(character) <= 0x20 for character in url):
        return None
    try:
        parts = urllib.parse.urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 80)


def _refuse_input(reason: str) -> NoReturn:
    raise InvalidInput(
        reason,
        advice=f"Give the org's My Domain, such as {_EXAMPLE}: in Salesforce it is under"
        " Setup > My Domain. login.salesforce.com and test.salesforce.com work too.",
    ) from None


def _refuse_answer() -> NoReturn:
    raise SignInRefused(
        "The answer names an address that is not Salesforce's own; nothing was stored.",
        advice="Check the sign-in address of this connection and sign in again.",
    ) from None
