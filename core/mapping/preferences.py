"""EDA's preferred e-mail and phone: what the package makes of those that a contact has. Pure.

https://github.com/SalesforceFoundation/EDA
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.mapping.coercion.compare import is_blank
from core.mapping.model import JsonValue

Values = Mapping[str, JsonValue]
LabelOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Preference:
    """A field that names the preferred one of `own` by its label; `standard` is kept equal to it.

    `copied_to` gets the standard one where it is all that there is.
    """

    field_name: str
    standard: str
    standard_words: frozenset[str]
    own: tuple[str, ...]
    copied_to: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.field_name, self.standard, *self.own)

    def follow(
        self, whole: Values, current: Values | None, label_of: LabelOf, others: Sequence[str]
    ) -> dict[str, JsonValue] | str:
        """Return what the package sets on a record, or in words why it refuses it.

        `whole` is the record as it would be saved, `current` as it was, None for a new one;
        `others` are the folded labels of custom fields of which nobody here knows whether they
        count.
        """
        label = label_of(self.field_name)
        filled = [name for name in self.own if not is_blank(whole.get(name))]
        chosen = whole.get(self.field_name)
        if is_blank(chosen):
            if len(filled) > 1:
                return f"Several are filled and {label} is blank"
            return self._without_choice(filled, whole, current, label_of)
        if not filled:
            return f"{label} names a field that is blank"
        if str(chosen).casefold() in self.standard_words:
            return {}
        return self._named(str(chosen).casefold(), filled, whole, label_of, others)

    def _without_choice(
        self, filled: Sequence[str], whole: Values, current: Values | None, label_of: LabelOf
    ) -> dict[str, JsonValue]:
        standard = whole.get(self.standard)
        if filled:
            return {self.field_name: label_of(filled[0]), self.standard: whole[filled[0]]}
        if is_blank(standard):
            return {}
        if current and any(not is_blank(current.get(name)) for name in self.own):
            return {self.standard: None}  # it goes with the last of its own
        return {self.copied_to: standard, self.field_name: label_of(self.copied_to)}

    def _named(
        self,
        chosen: str,
        filled: Sequence[str],
        whole: Values,
        label_of: LabelOf,
        others: Sequence[str],
    ) -> dict[str, JsonValue] | str:
        label = label_of(self.field_name)
        name = next((each for each in self.own if label_of(each).casefold() == chosen), None)
        if name is None:
            return {} if chosen in others else f"{label} names no field that there is"
        if name not in filled:
            return f"{label} names a field that is blank"
        return {self.standard: whole[name]}


PREFERENCES = (
    Preference(
        "hed__Preferred_Email__c",
        "Email",
        frozenset({"email", "email (standard)"}),
        ("hed__AlternateEmail__c", "hed__UniversityEmail__c", "hed__WorkEmail__c"),
        "hed__AlternateEmail__c",
    ),
    Preference(
        "hed__PreferredPhone__c",
        "Phone",
        frozenset({"business phone", "phone (standard)"}),
        ("AssistantPhone", "Fax", "HomePhone", "MobilePhone", "OtherPhone", "hed__WorkPhone__c"),
        "OtherPhone",
    ),
)
