"""How a university keeps an inquiry, told from the list of its org's objects. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.mapping.describe import SobjectSummary
from core.mapping.model import OrgShape

SHAPE_WORDS: Final = {
    OrgShape.LEAD_FIRST: "Lead first",
    OrgShape.CONTACT_FIRST: "Contact first",
    OrgShape.CONTACT_AND_INQUIRY: "Contact with an inquiry for each submission",
    OrgShape.STAGING_OBJECT: "Staging object",
    OrgShape.EDUCATION_CLOUD: "Education Cloud",
}
SHAPE_MEANING: Final = {
    OrgShape.LEAD_FIRST: "Each person becomes a Lead, as in standard Sales Cloud.",
    OrgShape.CONTACT_FIRST: "Each person becomes a Contact, as with EDA, where a Contact is "
    "somebody who raised a hand.",
    OrgShape.CONTACT_AND_INQUIRY: "Each person becomes a Contact, and each submission a record "
    "below it.",
    OrgShape.STAGING_OBJECT: "Each submission becomes one row, and the org's own automation makes "
    "the rest of it.",
    OrgShape.EDUCATION_CLOUD: "Each person becomes a Lead, with an academic interest that points "
    "at term and program.",
}
_EDA = "hed"
_INQUIRY_PACKAGES = ("TargetX_SRMb", "EnrollmentrxRx")
_EDUCATION_CLOUD = ("AcademicInterest", "LearningProgram", "AcademicTerm", "EducationalInfoRequest")
_STAGING = ("Interaction__c", "Interaction_Mapping__c")
_MOST_EVIDENCE = 5
# Kept by the platform beside an object that has them; they tell nothing of their own.
_BESIDE = ("__Feed", "__History", "__Share", "__ChangeEvent", "__Tag")


@dataclass(frozen=True, slots=True)
class ShapeGuess:
    """One shape with the objects that speak for it. The likely one comes first in a list."""

    shape: OrgShape
    evidence: tuple[str, ...]
    is_likely: bool = False


def detect_shapes(summaries: Sequence[SobjectSummary]) -> tuple[ShapeGuess, ...]:
    """Return every shape the org could have, the likeliest first.

    A shape without evidence follows at the end: the specialist may know better.
    """
    evidence = {shape: _evidence(find(summaries)) for shape, find in _FINDERS.items()}
    ranked = sorted(evidence, key=lambda shape: not evidence[shape])
    return tuple(
        ShapeGuess(shape, evidence[shape], is_likely=place == 0)
        for place, shape in enumerate(ranked)
    )


def inquiry_objects(summaries: Iterable[SobjectSummary]) -> tuple[str, ...]:
    """Return the objects that may hold one submission each, best first."""
    named = [each for each in summaries if _is_inquiry(each) and each.createable]
    return tuple(each.name for each in sorted(named, key=lambda each: (not each.namespace,)))


def _is_inquiry(summary: SobjectSummary) -> bool:
    bare = summary.name.removesuffix("__c").rpartition("__")[2]
    return summary.custom and bare.casefold() in ("inquiry", "student_inquiry", "inquiries", "rfi")


def _staging(summaries: Sequence[SobjectSummary]) -> list[str]:
    found = [each.name for each in summaries if each.name in _STAGING]
    return found if len(found) == len(_STAGING) else []


def _inquiry_package(summaries: Sequence[SobjectSummary]) -> list[str]:
    telling = inquiry_objects(summaries)
    of_package = [
        each.name
        for each in summaries
        if each.namespace in _INQUIRY_PACKAGES and not each.name.endswith(_BESIDE)
    ]
    return list(dict.fromkeys([*telling, *of_package]))


def _education_cloud(summaries: Sequence[SobjectSummary]) -> list[str]:
    found = [each.name for each in summaries if each.name in _EDUCATION_CLOUD]
    return found if len(found) > 1 else []


def _eda(summaries: Sequence[SobjectSummary]) -> list[str]:
    return [
        each.name
        for each in summaries
        if each.namespace == _EDA and not each.name.endswith(_BESIDE)
    ]


def _lead(summaries: Sequence[SobjectSummary]) -> list[str]:
    return [each.name for each in summaries if each.name == "Lead" and each.createable]


# In the order of how much an object of the kind tells; a Lead is in nearly every org.
_FINDERS: dict[OrgShape, Callable[[Sequence[SobjectSummary]], list[str]]] = {
    OrgShape.STAGING_OBJECT: _staging,
    OrgShape.CONTACT_AND_INQUIRY: _inquiry_package,
    OrgShape.EDUCATION_CLOUD: _education_cloud,
    OrgShape.CONTACT_FIRST: _eda,
    OrgShape.LEAD_FIRST: _lead,
}


def _evidence(names: Sequence[str]) -> tuple[str, ...]:
    more = len(names) - _MOST_EVIDENCE
    shown = tuple(names[:_MOST_EVIDENCE])
    return (*shown, f"and {more} more") if more > 0 else shown
