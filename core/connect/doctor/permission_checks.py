"""Permission pre-flight for one exact mapping: may the connected user do what it will ask for?

Read from the describes, which show what profile and permission sets of that user allow.
"""

from collections.abc import Iterator

from core.connect.doctor.connection_checks import NOT_ASKED
from core.connect.doctor.evidence import Evidence
from core.connect.doctor.findings import Check
from core.connect.doctor.question import Question
from core.errors import ConsoleError, ObjectNotVisible, WhoActs
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import FieldRow, MappingDraft, ObjectMapping, Operation
from core.salesforce.remedy import Concern

_ADMIN, _OPERATOR = WhoActs.UNIVERSITY_ADMIN, WhoActs.OPERATOR
_WHERE = "Setup > Permission Sets > the integration user's set > Object Settings"
_SYSTEM_FIELDS = frozenset(
    {"Id", "IsDeleted", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById",
     "SystemModstamp", "LastActivityDate", "LastViewedDate", "LastReferencedDate"}
)  # fmt: skip


def check_permissions(evidence: Evidence) -> tuple[Check, ...]:
    """One check of the object, its fields and its record type for each object of the mapping."""
    mapping = evidence.known.mapping
    if mapping is None:
        question = Question(Concern.PERMISSIONS, "Permissions for the mapping", "The mapping")
        return (question.unknown("No mapping yet", "There is nothing to compare with."),)
    described = evidence.answers.describes
    checks = [
        check
        for each in mapping.objects
        for check in _object_checks(each, described.get(each.sobject_name), evidence)
    ]
    return (*checks, *_lookup_checks(mapping, evidence))


def _object_checks(
    target: ObjectMapping, found: SobjectDescribe | ConsoleError | None, evidence: Evidence
) -> Iterator[Check]:
    name = target.sobject_name
    question = Question(
        f"access.{target.object_id}",
        f"{name}: read and write",
        f"GET /sobjects/{name}/describe, for {evidence.known.mapping_name}",
    )
    if found is None:
        yield _not_asked(question, evidence)
        return
    if isinstance(found, ConsoleError):
        yield _hidden_object(question, name, found)
        return
    needed = _object_rights(target.operation)
    missing = [right for right in needed if not _has_right(found, right)]
    if missing:
        yield _missing_rights(question, name, missing)
        return
    yield question.green(f"Read, {', '.join(needed)}", f"The user may write {found.label} records.")
    yield _check_fields(target, found)
    if target.record_type:
        yield _check_record_type(target, found)


def _not_asked(question: Question, evidence: Evidence) -> Check:
    if not evidence.answers.has_answered:
        return question.unknown(NOT_ASKED)
    return question.unknown(
        "Not asked", "An examination makes ten calls at most; the preview asks as well."
    )


def _object_rights(operation: Operation) -> tuple[str, ...]:
    rights = {Operation.INSERT: ("Create",), Operation.UPDATE: ("Edit",)}
    return rights.get(operation, ("Create", "Edit"))


def _has_right(describe: SobjectDescribe, right: str) -> bool:
    return describe.createable if right == "Create" else describe.updateable


def _hidden_object(question: Question, name: str, error: ConsoleError) -> Check:
    if not isinstance(error, ObjectNotVisible):
        return question.refused(error)
    return question.red(
        error.code,
        f"The connected user does not see the object {name}, or the org has none of that name.",
        who=_ADMIN,
        advice=f"Ask the admin to grant Read, Create and Edit on {name}: {_WHERE}.",
    )


def _missing_rights(question: Question, name: str, missing: list[str]) -> Check:
    listed = " and ".join(missing)
    return question.red(
        f"{listed} not allowed",
        f"The connected user may not do this on {name}: {listed}.",
        who=_ADMIN,
        advice=f"Ask the admin to grant {listed} on {name}: {_WHERE}.",
    )


def _check_fields(target: ObjectMapping, found: SobjectDescribe) -> Check:
    names = tuple(dict.fromkeys(row.field_name for row in target.rows if row.field_name))
    question = Question(
        f"fields.{target.object_id}",
        f"{found.name}: field-level security",
        f"{len(names)} mapped fields and the match keys, in the describe",
    )
    hidden = [name for name in (*names, *_key_fields(target)) if found.field(name) is None]
    closed = [each for row in target.rows if (each := _closed_field(target, row, found))]
    computed = [each.name for each in closed if _is_computed(each)]
    locked = [each.name for each in closed if each.name not in computed]
    if hidden or locked:
        named = [f"{each} hidden" for each in hidden] + [f"{each} read-only" for each in locked]
        return question.red(
            _listed(named),
            "The connected user may not write all mapped fields, so records would be refused.",
            who=_ADMIN,
            advice="Ask the admin to grant field-level security on "
            f"{found.name}: {_grants(hidden, locked)}.",
        )
    if computed:
        return question.red(
            f"{_listed(computed)}: filled by Salesforce",
            "The mapping writes fields that nobody can write: formulas, numbers, system fields.",
            who=_OPERATOR,
            advice="Map them to other fields on Field mapping.",
        )
    return question.green(f"{len(names)} of {len(names)}", "Every mapped field may be written.")


def _key_fields(target: ObjectMapping) -> Iterator[str]:
    for key in target.match_keys:
        yield from key.field_names


def _closed_field(
    target: ObjectMapping, row: FieldRow, found: SobjectDescribe
) -> FieldDescribe | None:
    """The row's field where this user cannot write it as the mapping means to."""
    field = found.field(row.field_name)
    if field is None:
        return None
    is_open = {Operation.INSERT: field.createable, Operation.UPDATE: field.updateable}
    # An upsert is content with either: a master-detail parent may be given to new records only.
    if field.is_writable and is_open.get(target.operation, True):
        return None
    return field


def _is_computed(field: FieldDescribe) -> bool:
    is_compound = field.type in {"address", "location", "id"}
    return field.calculated or field.auto_number or is_compound or field.name in _SYSTEM_FIELDS


def _grants(hidden: list[str], locked: list[str]) -> str:
    parts = [f"Read and Edit for {_listed(hidden)}"] if hidden else []
    if locked:
        parts.append(f"Edit for {_listed(locked)}")
    return "; ".join(parts)


def _listed(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _check_record_type(target: ObjectMapping, found: SobjectDescribe) -> Check:
    wanted = target.record_type
    question = Question(
        f"record_type.{target.object_id}",
        f"{found.name}: record type {wanted}",
        "recordTypeInfos of the describe",
    )
    kind = next((each for each in found.record_types if each.developer_name == wanted), None)
    if kind is None or not kind.active:
        return question.red(
            "Inactive" if kind else "Not there",
            f"{found.name} has no active record type {wanted}.",
            who=_ADMIN,
            advice=f"Ask the admin to create or activate it; or choose another on Field mapping. "
            f"It is under Setup > Object Manager > {found.label} > Record Types.",
        )
    if not kind.available:
        return question.red(
            "Not available to the user",
            f"The record type {kind.name} is not assigned to the connected user.",
            who=_ADMIN,
            advice=f"Ask the admin to assign the record type {wanted} of {found.name} to the "
            "integration user's profile or permission set.",
        )
    return question.green("Available", f"New records can be of the type {kind.name}.")


def _lookup_checks(mapping: MappingDraft, evidence: Evidence) -> Iterator[Check]:
    """Objects that records are only looked up in: seen, with the fields searched by."""
    written = {each.sobject_name for each in mapping.objects}
    fields: dict[str, list[str]] = {}
    for each in mapping.objects:
        for row in each.rows:
            if row.lookup and row.field_name:
                fields.setdefault(row.lookup.sobject_name, []).append(row.lookup.by_field)
    for name, by_fields in fields.items():
        question = Question(
            f"lookup.{name}", f"{name}: looked up", f"GET /sobjects/{name}/describe"
        )
        found = evidence.answers.describes.get(name)
        if found is None:
            yield _not_asked(question, evidence)
        elif isinstance(found, ConsoleError):
            yield _hidden_lookup(question, name, found)
        elif hidden := [each for each in by_fields if found.field(each) is None]:
            yield question.red(
                f"{_listed(hidden)} hidden",
                f"Records of {name} are looked up by fields that the user does not see.",
                who=_ADMIN,
                advice=f"Ask the admin to grant Read on {name}: {_listed(hidden)}.",
            )
        elif name not in written:
            yield question.green("Read", f"Records of {name} can be found.")


def _hidden_lookup(question: Question, name: str, error: ConsoleError) -> Check:
    if not isinstance(error, ObjectNotVisible):
        return question.refused(error)
    return question.red(
        error.code,
        f"The connected user does not see the object {name}, in which records are looked up.",
        who=_ADMIN,
        advice=f"Ask the admin to grant Read on {name}: {_WHERE}.",
    )
