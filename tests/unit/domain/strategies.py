"""Random wishes and models for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from studio.domain.assets import AspectRatio, ReferenceImage, Size, SizeName
from studio.domain.capability import (
    Capability,
    Choice,
    Condition,
    CountLimit,
    ModelSpec,
    OptionSpec,
    SizeFree,
    SizeList,
    SizeRatio,
    Support,
)
from studio.domain.request import GenerationRequest
from studio.domain.values import BlobHash, OptionValue

SUPPORT: st.SearchStrategy[Support] = st.sampled_from(["native", "emulated", "ignored"])
SIZE_NAMES: list[SizeName] = ["auto", "0.5K", "1K", "2K", "3K", "4K"]


@st.composite
def sizes(draw: st.DrawFn, low: int = 1, high: int = 16_384) -> Size:
    return Size.of(draw(st.integers(low, high)), draw(st.integers(low, high)))


@st.composite
def ratios(draw: st.DrawFn) -> AspectRatio:
    return AspectRatio(width=draw(st.integers(1, 9999)), height=draw(st.integers(1, 9999)))


def size_wishes() -> st.SearchStrategy[Any]:
    return sizes() | st.sampled_from(SIZE_NAMES)


@st.composite
def free_rules(draw: st.DrawFn) -> SizeFree:
    """Rules that at least one size satisfies, as wide or narrow as vendors have them."""
    multiple = draw(st.sampled_from([1, 2, 8, 16, 32, 64]))
    edge_min = multiple * draw(st.integers(1, 16))
    edge_max = edge_min + multiple * draw(st.integers(8, 60))
    middle = ((edge_min + edge_max) // 2 // multiple) * multiple
    return SizeFree(
        multiple_px=multiple,
        edge_min_px=edge_min,
        edge_max_px=edge_max,
        area_min_px=draw(st.integers(1, middle * middle)),
        area_max_px=draw(st.integers(middle * middle, edge_max * edge_max)),
        ratio_max=draw(st.sampled_from([1.0, 1.5, 2.0, 3.0, 8.0])),
        takes_auto=draw(st.booleans()),
        size_names=tuple(draw(st.sets(st.sampled_from(SIZE_NAMES[1:]), max_size=2))),
    )


@st.composite
def list_rules(draw: st.DrawFn) -> SizeList:
    return SizeList(
        sizes=tuple(draw(st.lists(sizes(64, 4096), min_size=1, max_size=6))), takes_auto=draw(st.booleans())
    )


@st.composite
def ratio_rules(draw: st.DrawFn) -> SizeRatio:
    names = tuple(draw(st.lists(st.sampled_from(SIZE_NAMES[1:]), unique=True, max_size=3)))
    return SizeRatio(
        ratios=tuple(draw(st.lists(ratios(), max_size=5))),
        ratio_max=draw(st.sampled_from([2.0, 2.35, 4.0, 16.0])),
        size_names=names,
        default_size_name=draw(st.sampled_from(names)) if names else None,
    )


@st.composite
def option_specs(draw: st.DrawFn, name: str) -> OptionSpec:
    kind = draw(st.sampled_from(["choice", "integer", "number", "boolean", "text"]))
    low = draw(st.none() | st.integers(-5, 5))
    high = draw(st.none() | st.integers(6, 20))
    some: list[tuple[OptionValue, ...]] = [("low", "high"), (1, 2), (True, False)]
    choices = tuple(Choice(value=value) for value in draw(st.sampled_from(some)))
    default = {"choice": choices[0].value, "integer": 6, "number": 6.0, "boolean": False, "text": "x"}[kind]
    return OptionSpec(
        name=name,
        kind=kind,  # type: ignore[arg-type]  # one of the five above
        title=name,
        choices=choices if kind == "choice" else (),
        minimum=low,
        maximum=high,
        default=draw(st.none() | st.just(default)),
        always_send=draw(st.booleans()),
        only_when=draw(
            st.just(())
            | st.tuples(st.builds(Condition, option=st.sampled_from(["a", "b", "c"]), values=st.just(("low", 1, True))))
        ),
    )


@st.composite
def models(draw: st.DrawFn) -> ModelSpec:
    n_max = draw(st.integers(1, 10))
    seed_min = draw(st.integers(0, 10))
    takes_references = draw(st.booleans())
    capability = Capability(
        prompt_max=draw(st.none() | st.integers(1, 200)),
        negative_prompt=draw(SUPPORT),
        negative_prompt_max=draw(st.none() | st.integers(1, 20)),
        style=draw(SUPPORT),
        size=draw(free_rules() | list_rules() | ratio_rules()),
        seed=draw(st.sampled_from(["native", "ignored"])),
        seed_min=seed_min,
        seed_max=seed_min + draw(st.integers(0, 2**32 - 1 - seed_min)),
        n_max=n_max,
        n_fixed=draw(st.none() | st.just(4)),
        n_limits=draw(st.just(()) | st.just((CountLimit(option="a", values=("low", 1), n_max=1),))),
        reference_image="native" if takes_references else "ignored",
        references_min=draw(st.integers(0, 1)) if takes_references else 0,
        references_max=draw(st.integers(1, 3)),
        reference_max_bytes=draw(st.none() | st.just(1_000)),
        options=tuple(draw(option_specs(name)) for name in ("a", "b", "c")),
    )
    return ModelSpec(id="draw", title="Draw", capability=capability)


def references() -> st.SearchStrategy[ReferenceImage]:
    return st.builds(
        ReferenceImage,
        blob=st.integers(0, 99).map(lambda number: BlobHash(f"{number:064x}")),
        media_type=st.sampled_from(["image/png", "image/tiff"]),
        width=st.just(64),
        height=st.just(64),
        size_bytes=st.integers(1, 2_000),
        name=st.sampled_from(["", "cat.png", "{weird}.png"]),
    )


TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
OPTION_VALUES = (
    TEXT
    | st.integers(-100, 100)
    | st.floats()
    | st.booleans()
    | st.sampled_from(["low", "high", "LOW", "1", "7", "99", "-99", "true", "nan", "inf", "1e400"])
)


@st.composite
def requests(draw: st.DrawFn) -> GenerationRequest:
    return GenerationRequest(
        prompt=draw(TEXT.filter(str.strip)),
        negative_prompt=draw(TEXT),
        size=draw(size_wishes()),
        aspect_ratio=draw(st.none() | ratios()),
        style=draw(TEXT),
        seed=draw(st.none() | st.integers(0, 2**32 - 1)),
        n=draw(st.integers(1, 16)),
        reference_image=tuple(draw(st.lists(references(), max_size=4))),
    )


def options() -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(["a", "b", "c", "unknown"]), OPTION_VALUES, max_size=4)
