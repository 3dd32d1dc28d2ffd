"""Halda's account id and the callback address made from it. Pure text, no look-ups."""

import re
import urllib.parse

from core.errors import InvalidInput

_ACCOUNT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CUID = re.compile(r"c[a-z0-9]{24}")
_ACCOUNTS_PATH = re.compile(r"/accounts/([^/?#\s]*)")
_PLACEHOLDERS = {"[accountid]", "{accountid}", "<accountid>", "accountid", "account_id"}
CALLBACK_PATH = "/accounts/{account_id}/settings/integrations/salesforce/callback"
_CALLBACK = re.compile(
    r"/accounts/(?P<account_id>[^/]+)/settings/integrations/salesforce/callback(?P<rest>/?)"
)
_FIND_IT = (
    "Open the account's home page in Halda and paste its address: the id is the part after "
    "/accounts/."
)


def parse_account_id(pasted: str) -> str:
    """Return the account id in a pasted Halda URL or bare id. InvalidInput says what is missing."""
    text = urllib.parse.unquote(pasted.strip())
    in_url = _ACCOUNTS_PATH.search(text)
    candidate = in_url.group(1) if in_url else text
    if not candidate:
        raise InvalidInput("There is no account id in what was pasted.", advice=_FIND_IT)
    if candidate.casefold() in _PLACEHOLDERS:
        raise InvalidInput(
            "That is the guide's placeholder, not an account id.",
            advice=_FIND_IT,
        )
    if _ACCOUNT_ID.fullmatch(candidate) is None:
        raise InvalidInput(
            "An account id has letters, digits, hyphens and underscores only.",
            advice=_FIND_IT,
        )
    return candidate


def looks_like_account_id(account_id: str) -> bool:
    """Whether the id has the shape Halda's own ids have (a cuid). Others are accepted too."""
    return _CUID.fullmatch(account_id) is not None


def callback_url(base_url: str, account_id: str) -> str:
    """Return the callback address the External Client App must hold, byte for byte."""
    return base_url.rstrip("/") + CALLBACK_PATH.format(account_id=parse_account_id(account_id))


def check_callback(pasted: str, expected: str) -> list[str]:
    """Say, one sentence a difference, why `pasted` is not exactly `expected`; empty when it is."""
    if pasted == expected:
        return []
    return [*_explain(pasted, expected)] or [
        "The address differs. Salesforce compares it letter by letter: copy it again."
    ]


def _explain(pasted: str, expected: str) -> list[str]:
    problems = []
    if pasted != pasted.strip():
        problems.append("There is a space or line break around the address: remove it.")
    seen = urllib.parse.urlsplit(pasted.strip())
    wanted = urllib.parse.urlsplit(expected)
    if seen.scheme != wanted.scheme:
        problems.append(f"It has to start with {wanted.scheme}://.")
    if seen.netloc != wanted.netloc:
        problems.append(f"The host has to be exactly {wanted.netloc}.")
    if seen.query or seen.fragment:
        problems.append("Nothing may follow the path: remove everything from ? or # on.")
    return problems + _explain_path(seen.path, wanted.path)


def _explain_path(seen: str, wanted: str) -> list[str]:
    found = _CALLBACK.fullmatch(urllib.parse.unquote(seen))
    if found is None:
        return [f"The path has to be {wanted}."] if seen != wanted else []
    problems = []
    account_id = found["account_id"]
    if found["rest"]:
        problems.append("Remove the slash at the end.")
    if account_id.casefold() in _PLACEHOLDERS:
        problems.append(f"{account_id} is still the placeholder: put the account id there.")
    elif f"/accounts/{account_id}/" not in wanted:
        problems.append("It holds the id of another Halda account.")
    return problems
