"""One line of a remedy table: which error it becomes, what happened, what to do, who does it."""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import ConsoleError, WhoActs


class Concern(StrEnum):
    """Which part of a connection a refusal is about, in the order in which one would look."""

    PROPAGATION = "propagation"
    HOST = "host"
    APP = "app"
    CREDENTIALS = "credentials"
    NETWORK = "network"
    TOKEN = "token"  # noqa: S105  a word, not a secret
    REFRESH_POLICY = "refresh_policy"
    SCOPES = "scopes"
    API = "api"
    ORG = "org"
    USER = "user"
    LIMITS = "limits"
    PERMISSIONS = "permissions"
    RECORDS = "records"


# What the admin is not asked to do: the console's own part of an advice.
_OUR_PART = (
    ", then reconnect",
    ", or reconnect as an active one",
    ", then sign in again",
    "; then sign in again on Connect",
    " Then sign in again on Connect.",
)
_TO_ADMIN = (
    ("Refresh the fields. If it is missing, ask the admin for ", "Please grant "),
    ("Refresh the objects. If it is missing, ask the admin for ", "Please grant "),
    ("Refresh the fields, then ask the admin for ", "Please grant "),
    ("The university has to contact Salesforce about its org.", "Please ask Salesforce about it."),
    ("ask the admin for ", "please grant "),
    ("ask the admin to ", "please "),
    ("Ask the admin to ", "Please "),
    ("Ask the admin: ", "Please look here: "),
    ("The admin has to ", "Please "),
    ("The admin sees ", "You see "),
)


@dataclass(frozen=True, slots=True)
class Remedy:
    """`message` and `advice` may name {callback} and {egress}; `code` replaces the platform's.

    `concern` is given where it is not the one of the error's class.
    """

    error_class: type[ConsoleError]
    message: str
    advice: str
    who_acts: WhoActs | None = None
    code: str = ""
    keeps_detail: bool = False
    concern: Concern | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a remedy may name: the callback URL of the account, and our outgoing addresses."""

    callback_url: str = ""
    egress_addresses: str = ""

    def fill(self, text: str) -> str:
        return text.replace("{callback}", self.callback_url or "the URL in step S19").replace(
            "{egress}", self.egress_addresses or "the addresses that Halda support names"
        )


def addressed_to_admin(advice: str) -> str:
    """Advice about the admin, turned into words for the admin."""
    for ours in _OUR_PART:
        advice = advice.replace(ours, "")
    for theirs, yours in _TO_ADMIN:
        advice = advice.replace(theirs, yours)
    return advice
