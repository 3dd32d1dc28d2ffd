"""What speaks for or against a pair besides its names: type, length, options, sample. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.mapping.coercion.coerce import coerce
from core.mapping.describe import FieldDescribe
from core.mapping.model import SourceField, SourceType
from core.mapping.suggestions.options import kinds_of_options

# How well a type takes what a source holds; a type that is not listed does not take it at all.
_TEXT: Final = {"string": 1.0, "textarea": 1.0, "picklist": 1.0, "combobox": 1.0}
_AWKWARD: Final = 0.93
_ONE_OF_MANY: Final = 0.84  # one choice takes no list of them
_TEXT_TIME: Final = 0.87  # text beside a form or a consent is mostly its name
_POOR: Final = 0.75
_TYPE_FITS: Final[dict[SourceType, dict[str, float]]] = {
    SourceType.TEXT: _TEXT
    | {"multipicklist": _AWKWARD, "url": _POOR, "phone": _POOR, "double": _POOR, "int": _POOR},
    SourceType.CHOICE: _TEXT
    | {"multipicklist": 0.97, "boolean": _POOR, "date": _POOR, "double": _POOR, "int": _POOR},
    SourceType.MULTI: _TEXT | {"picklist": _ONE_OF_MANY, "multipicklist": 1.0},
    SourceType.EMAIL: {"email": 1.0, "string": 0.97},
    SourceType.PHONE: {"phone": 1.0, "string": 0.97, "double": _POOR},
    SourceType.DATE: {"date": 1.0, "datetime": _AWKWARD, "string": 0.97},
    SourceType.DATETIME: {"datetime": 1.0, "date": 1.0, "string": _TEXT_TIME},
    SourceType.NUMBER: {
        "int": 1.0,
        "double": 1.0,
        "string": 0.97,
        "picklist": 0.97,
        "date": _POOR,
        "datetime": _POOR,
        "currency": _POOR,
        "percent": _POOR,
    },
    SourceType.BOOLEAN: {"boolean": 1.0, "picklist": 0.97, "string": 0.95, "multipicklist": _POOR},
    SourceType.URL: {"url": 1.0, "string": 1.0, "textarea": 1.0},
    SourceType.ID: {"string": 1.0, "textarea": _AWKWARD, "double": _AWKWARD, "int": _AWKWARD},
}

# Text cannot be written to these, but a record can be found by it.
LOOKUP_GROUPS: Final = ("interest.", "edu.", "form.")
LOOKUP_KEYS: Final = frozenset(
    {
        "submission.form_id",
        "submission.source",
        "visit.utm_campaign",
        "comm.campaign_id",
        "lead.language",
        "lead.country",
        "lead.state",
        "lead.citizenship_country",
        "account.name",
        "account.id",
    }
)
_NO_LOOKUP_TO: Final = frozenset({"User", "Group", "RecordType", "Individual"})
_LOOKUP_FIT: Final = 0.9

_OPTIONS: Final = {
    "interest.term": {"start terms"},
    "interest.term_season": {"seasons"},
    "interest.term_year": {"years"},
    "interest.entry_year": {"years"},
    "edu.graduation_year": {"years"},
    "interest.student_type": {"student types"},
    "interest.degree_level": {"degree levels", "degrees"},
    "edu.highest_degree": {"degrees", "degree levels"},
    "interest.modality": {"modalities"},
    "interest.enrollment_status": {"full or part time"},
    "interest.visit_interest": {"yes and no"},
    "interest.financial_aid_interest": {"yes and no"},
    "lead.gender": {"genders"},
    "lead.pronouns": {"pronouns"},
    "lead.ethnicity": {"ethnicities", "yes and no"},
    "lead.race": {"ethnicities"},
    "lead.citizenship_status": {"citizenship statuses", "yes and no"},
    "lead.citizenship_country": {"countries"},
    "lead.country": {"countries"},
    "lead.phone_country": {"countries"},
    "visit.geo_country": {"countries"},
    "lead.state": {"states"},
    "visit.geo_region": {"states"},
    "lead.language": {"languages"},
    "submission.locale": {"languages"},
    "lead.military_status": {"military statuses", "yes and no"},
    "lead.first_generation": {"yes and no"},
    "lead.phone_type": {"kinds of phone"},
    "lead.relationship": {"relationships"},
    "lead.suffix": {"suffixes"},
    "lead.student_status": {"stages"},
    "lead.funnel_stage": {"stages"},
    "visit.device": {"devices"},
}
_IGNORED: Final = {
    "submission.source": frozenset({"lead sources"}),
    "visit.channel": frozenset({"lead sources"}),
    # a list of MBA, MS and PhD is a small school's list of programs
    "interest.program": frozenset({"degrees"}),
    "interest.secondary_program": frozenset({"degrees"}),
}
_RARE_TYPE_FIT: Final = 0.08  # few fields hold a web address, so one that does is likely meant
_OPTIONS_FIT: Final = 0.1
_OPTIONS_MISFIT: Final = 0.75

# Characters that a value of this kind needs at least; shorter targets are doubtful.
_LEAST_LENGTH: Final = {
    SourceType.ID: 18,
    SourceType.URL: 80,
    SourceType.EMAIL: 40,
    SourceType.PHONE: 10,
}
_SHORT: Final = 0.95
_SAMPLE_FLOOR: Final = 0.8
_CHOICE_FLOOR: Final = 0.9  # other options are what value maps are for


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """`factor` and `bonus` change a score; `reasons` say why. `takes` is false for a misfit.

    `fits_nothing`: a closed list would refuse every value of the sample.
    """

    factor: float = 1.0
    bonus: float = 0.0
    reasons: tuple[str, ...] = ()
    is_lookup: bool = False
    fits_nothing: bool = False

    @property
    def takes(self) -> bool:
        return self.factor > 0


def type_fit(source: SourceField, field: FieldDescribe) -> float:
    """Return 1 where the type is right, 0 where it cannot hold the value."""
    if field.type == "reference":
        has_records = source.key in LOOKUP_KEYS or source.key.startswith(LOOKUP_GROUPS)
        is_elsewhere = not _NO_LOOKUP_TO & set(field.reference_to)
        return _LOOKUP_FIT if has_records and is_elsewhere else 0.0
    if source.key == "interest.term" and field.type in ("int", "double"):
        return 0.0
    return _TYPE_FITS[source.type].get(field.type, 0.0)


def weigh(source: SourceField, field: FieldDescribe, values: Sequence[str]) -> Evidence:
    """Return what type, length, options and sample values say about the pair."""
    factor = type_fit(source, field)
    if not factor:
        return Evidence(factor=0.0)
    reasons: list[str] = []
    if field.type == "reference":
        reasons.append("lookup: by the name of the record")
    elif factor < _AWKWARD:
        reasons.append(f"a {field.type} takes it only after a change")
    if field.type == "string" and 0 < field.length < _LEAST_LENGTH.get(source.type, 0):
        factor *= _SHORT
        reasons.append(f"only {field.length} characters long")
    options, bonus = _options_fit(source, field, reasons)
    fit = _sample_fit(field, values, reasons)
    factor *= options * fit
    if source.type is SourceType.URL and field.type == "url":
        bonus += _RARE_TYPE_FIT
    return Evidence(
        factor=factor,
        bonus=bonus,
        reasons=tuple(reasons),
        is_lookup=field.type == "reference",
        fits_nothing=field.restricted_picklist and fit == _CHOICE_FLOOR,
    )


def _options_fit(
    source: SourceField, field: FieldDescribe, reasons: list[str]
) -> tuple[float, float]:
    if field.type not in ("picklist", "multipicklist", "combobox"):
        return 1.0, 0.0
    kinds = _kinds(field.active_values)
    if not kinds:
        return 1.0, 0.0
    expected = _OPTIONS.get(source.key, set())
    if source.type is SourceType.BOOLEAN:
        expected = expected | {"yes and no"}
    if right := sorted(expected & kinds):
        reasons.append(f"its options are {right[0]}")
        return 1.0, _OPTIONS_FIT
    if source.key.startswith("answer.") or kinds <= _IGNORED.get(source.key, frozenset()):
        return 1.0, 0.0
    reasons.append(f"but its options are {sorted(kinds)[0]}")
    return _OPTIONS_MISFIT, 0.0


@lru_cache(maxsize=4096)
def _kinds(values: tuple[str, ...]) -> frozenset[str]:
    return kinds_of_options(values)


def _sample_fit(field: FieldDescribe, values: Sequence[str], reasons: list[str]) -> float:
    """Lower the score where the sample's values would not go in; say so either way."""
    if not values or field.type == "reference":
        return 1.0
    fit = sum(1 for value in values if not any(p.blocks for p in coerce(value, field).problems))
    reasons.append(f"{fit} of {len(values)} sample values fit")
    floor = _CHOICE_FLOOR if field.picklist_values else _SAMPLE_FLOOR
    return floor + (1 - floor) * fit / len(values)
