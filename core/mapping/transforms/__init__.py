"""The closed set of transforms: text to text, before the value map. Pure; nothing is evaluated."""

from core.mapping.transforms.build import make_transformer
from core.mapping.transforms.option_checks import option_problems
from core.mapping.transforms.options import TRANSFORM_OPTIONS, TransformOption
from core.mapping.transforms.outcome import Transformed, Transformer
from core.mapping.transforms.telling import KIND_LABELS, describe_transform

__all__ = [
    "KIND_LABELS",
    "TRANSFORM_OPTIONS",
    "TransformOption",
    "Transformed",
    "Transformer",
    "describe_transform",
    "make_transformer",
    "option_problems",
]
