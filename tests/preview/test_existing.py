"""An id that no record has is held before the org refuses it."""

from collections.abc import Sequence
from dataclasses import replace

from core.errors import ObjectNotVisible
from core.mapping.apply import PreparedMapping
from core.mapping.coercion.texts import to_long_id
from core.mapping.decide import Action
from core.mapping.describe import SobjectDescribe
from core.mapping.problems import ProblemKind
from core.preview.cells import CellPlan
from core.preview.foreseen.existing import References
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery
from tests.preview.org import LEAD, make_draft, make_field, make_source

THERE, GONE = to_long_id("001D000000IqhSL"), to_long_id("001D000000IqhSM")
ACCOUNT = SobjectDescribe(
    name="Account", label="Account", fields=(make_field("Id", type="id", createable=False),)
)
DESCRIBE = replace(
    LEAD,
    fields=(
        *LEAD.fields,
        make_field("School__c", type="reference", reference_to=("Account",)),
        make_field("OwnerId", type="reference", reference_to=("Group", "User")),
    ),
)
DRAFT = make_draft(("Email",), sources={"Email": "lead.email", "School__c": "answer.school"})


class Org:
    """Knows one account; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str | InQuery] = []

    def describe_of(self, _name: str) -> SobjectDescribe:
        return ACCOUNT

    def ask(self, queries: Sequence[str | InQuery]) -> list[list[Record]]:
        self.asked += queries
        return [[{"Id": THERE}] for _ in queries]


def look(org: Org, *school_ids: str, skipped: tuple[str, ...] = ()) -> References:
    references = References(DESCRIBE, skipped)
    sources = [
        replace(make_source(row), values={"lead.email": "a@example.edu", "answer.school": text})
        for row, text in enumerate(school_ids, start=1)
    ]
    prepared = PreparedMapping(DRAFT, DESCRIBE)
    references.look_for([prepared.apply(each) for each in sources], org.describe_of, org.ask)
    return references


def cell(record_id: str, *, will_send: bool = True) -> CellPlan:
    return CellPlan(
        row_id="School__c",
        field_name="School__c",
        field_label="School",
        source_label="School",
        source_text=record_id,
        value=record_id,
        current=None,
        action=Action.SEND if will_send else Action.KEEP,
        will_send=will_send,
        sent_value=record_id if will_send else None,
        reason="",
        problems=(),
    )


def test_id_that_nothing_has_is_a_problem_and_one_that_is_there_is_none() -> None:
    references = look(Org(), THERE, GONE)

    there, gone = references.mark((cell(THERE), cell(GONE)))

    assert there.problems == ()
    assert [(each.kind, each.blocks) for each in gone.problems] == [
        (ProblemKind.LOOKUP_NOT_FOUND, True)
    ]
    assert GONE not in gone.problems[0].message


def test_each_id_is_asked_for_once() -> None:
    org = Org()

    look(org, THERE, GONE, THERE[:15], "", "no id")

    (query,) = org.asked
    assert isinstance(query, InQuery)
    assert sorted(map(str, query.values)) == sorted((THERE, GONE))


def test_value_that_is_not_sent_is_no_problem() -> None:
    (kept,) = look(Org(), GONE).mark((cell(GONE, will_send=False),))

    assert kept.problems == ()


def test_parents_are_not_asked_for() -> None:
    org = Org()

    look(org, GONE, skipped=("school__c",))

    assert org.asked == []


def test_object_that_the_user_does_not_see_leaves_its_ids_alone() -> None:
    class Closed(Org):
        def describe_of(self, _name: str) -> SobjectDescribe:
            raise ObjectNotVisible("The object is not visible.", advice="Ask for access.")

    org = Closed()

    (left,) = look(org, GONE).mark((cell(GONE),))

    assert left.problems == ()
    assert org.asked == []
