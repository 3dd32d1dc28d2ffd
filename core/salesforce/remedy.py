"""One line of a remedy table: which error it becomes, what happened, what to do, who does it."""

from dataclasses import dataclass

from core.errors import ConsoleError, WhoActs


@dataclass(frozen=True, slots=True)
class Remedy:
    """`message` and `advice` may name {callback} and {egress}; `code` replaces the platform's."""

    error_class: type[ConsoleError]
    message: str
    advice: str
    who_acts: WhoActs | None = None
    code: str = ""
    keeps_detail: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a remedy may name: the callback URL of the account, and our outgoing addresses."""

    callback_url: str = ""
    egress_addresses: str = ""

    def fill(self, text: str) -> str:
        return text.replace("{callback}", self.callback_url or "the URL in step S19").replace(
            "{egress}", self.egress_addresses or "the addresses that Halda support names"
        )
