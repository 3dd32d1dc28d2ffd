"""Operators and their roles. Today there is one: the person at this machine."""

from dataclasses import dataclass
from enum import StrEnum

from core.settings import Settings


class Role(StrEnum):
    IMPLEMENTATION_SPECIALIST = "implementation_specialist"
    SUPPORT = "support"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody at the desk; every change records `name`."""

    name: str
    role: Role


def local_operator(settings: Settings) -> Operator:
    """The one local operator, who may do everything until sign-in exists."""
    return Operator(name=settings.operator_name, role=Role.ADMIN)
