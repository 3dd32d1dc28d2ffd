"""Short ways to run one transform, shared by the tests of this folder."""

from collections.abc import Mapping

from core.mapping.describe import FieldDescribe
from core.mapping.model import Transform, TransformKind
from core.mapping.problems import ProblemKind
from core.mapping.transforms import Transformed, make_transformer


def make_step(kind: TransformKind, **options: str) -> Transform:
    return Transform(kind=kind, options=tuple(sorted(options.items())))


def run(
    step: Transform,
    text: str,
    values: Mapping[str, str] | None = None,
    *,
    field: FieldDescribe | None = None,
    controller: FieldDescribe | None = None,
    default_country: str = "US",
    time_zone: str = "America/New_York",
) -> Transformed:
    transform_text = make_transformer(
        step,
        field=field,
        default_country=default_country,
        time_zone=time_zone,
        controller=controller,
    )
    return transform_text(text, values or {})


def kinds(done: Transformed) -> list[ProblemKind]:
    return [problem.kind for problem in done.problems]


def blocking(done: Transformed) -> list[ProblemKind]:
    return [problem.kind for problem in done.problems if problem.blocks]
