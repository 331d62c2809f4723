from __future__ import annotations

from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from studio.domain.assets import ImageFacts
from studio.domain.errors import TemplateInvalid
from studio.domain.exporting import ContactSheet, ExportOptions
from studio.domain.request import Target
from studio.export.plan import ExportImage, ExportPlan, plan_export
from tests.unit.export.conftest import make_image, make_run

FOLDER = Path("/exports")
OPENAI, QWEN = Target(provider="openai", model="gpt-image-2"), Target(provider="tongyi", model="qwen-image-3.0")
BEFORE = make_run(47, "two pears", OPENAI, QWEN)
RUN = make_run(48, "two pears, late afternoon sun", OPENAI, QWEN)


def plan(
    *images: ExportImage, existing: dict[str, list[str]] | None = None, hours: int = 0, **options: Any
) -> ExportPlan:
    zone = timezone(timedelta(hours=hours))
    return plan_export(
        images, ExportOptions(**options), FOLDER, lambda name: (existing or {}).get(name, []), timezone=zone
    )


def names(planned: ExportPlan) -> list[str]:
    return [file.relative_path for file in planned.files]


def facts(**changes: Any) -> ImageFacts:
    return ImageFacts(**{"media_type": "image/png", "width": 1024, "height": 1024, "size_bytes": 1_000_000, **changes})


def test_names_are_those_of_the_picture() -> None:
    images = [make_image(RUN, before=BEFORE, target=target) for target in (QWEN, OPENAI)]
    assert names(plan(*images)) == [
        "2026-11-20_048_qwen-image-3.0_late-afternoon_01.png",
        "2026-11-20_048_gpt-image-2_late-afternoon_01.png",
    ]


def test_images_that_would_share_a_name_are_counted_in_their_order() -> None:
    images = [make_image(RUN, before=BEFORE, index=index) for index in range(3)]
    assert [name[-6:-4] for name in names(plan(*images))] == ["01", "02", "03"]
    assert names(plan(*images, template="pears")) == ["pears.png", "pears-2.png", "pears-3.png"]


def test_day_is_that_of_the_users_clock() -> None:
    assert names(plan(make_image(), hours=12, template="{date}")) == ["2026-11-21.png"]


def test_every_token_has_its_value() -> None:
    image = make_image(RUN, before=BEFORE, seed=48213, rating=4, tags=("hero", "a/b"))
    template = "{date} {run} {model} {changed} {number} {provider} {prompt} {seed} {size} {rating} {tag}"
    filled = (
        "2026-11-20 048 gpt-image-2 late-afternoon 01 openai two-pears-late-afternoon-sun 48213 1024x1024 4 hero+a-b"
    )
    assert names(plan(image, template=template)) == [f"{filled}.png"]


def test_model_with_a_slash_stays_one_file() -> None:
    target = Target(provider="maker", model="family/large:v2")
    assert names(plan(make_image(make_run(1, "x", target)), template="{model}")) == ["family-large-v2.png"]


@pytest.mark.parametrize(
    ("if_exists", "name", "fate", "note"),
    [
        ("number", "pears-3.jpg", "renamed", "1 name exists, it gets a number."),
        ("replace", "pears.jpg", "replaced", "1 file is replaced."),
        ("skip", "pears.jpg", "skipped", "1 file exists and is skipped."),
    ],
)
def test_name_that_exists_is_marked_before_anything_is_written(if_exists: str, name: str, fate: str, note: str) -> None:
    existing = {"": ["PEARS.JPG", "pears-2.jpg"]}
    planned = plan(make_image(), existing=existing, template="pears", format="jpeg", if_exists=if_exists)
    assert [(file.name, file.fate) for file in planned.files] == [(name, fate)]
    assert note in [one.message for one in planned.notes]
    assert planned.size_bytes == (0 if fate == "skipped" else planned.files[0].size_bytes)


def test_replacing_never_replaces_a_file_of_the_same_export() -> None:
    planned = plan(make_image(), make_image(), existing={"": ["pears.png"]}, template="pears", if_exists="replace")
    assert [(file.name, file.fate) for file in planned.files] == [("pears.png", "replaced"), ("pears-2.png", "renamed")]


def test_sidecars_need_free_names_too() -> None:
    jpeg = make_image(facts=facts(media_type="image/jpeg"))
    planned = plan(make_image(), jpeg, existing={"": ["pears.json"]}, template="pears", sidecar=True)
    assert [(file.name, file.sidecar) for file in planned.files] == [
        ("pears-2.png", "pears-2.json"),
        ("pears-3.jpg", "pears-3.json"),
    ]


def test_each_run_has_its_own_folder_with_its_own_names() -> None:
    images = [make_image(BEFORE, before=None), make_image(RUN, before=BEFORE)]
    existing = {"2026-11-20_048": ["two.png"]}
    planned = plan(*images, existing=existing, template="two", folder_per_run=True)
    assert names(planned) == ["2026-11-20_047/two.png", "2026-11-20_048/two-2.png"]


@pytest.mark.parametrize(
    ("target", "extension"),
    [("original", "webp"), ("png", "png"), ("jpeg", "jpg"), ("webp", "webp"), ("avif", "avif")],
)
def test_extension_is_that_of_the_bytes(target: str, extension: str) -> None:
    image = make_image(facts=facts(media_type="image/webp"))
    planned = plan(image, template="a", format=target)
    assert names(planned) == [f"a.{extension}"]
    assert planned.size_is_estimate is (target != "original")


def test_svg_stays_svg() -> None:
    planned = plan(make_image(facts=facts(media_type="image/svg+xml")), template="a", format="jpeg")
    assert names(planned) == ["a.svg"]
    assert [note.code for note in planned.notes] == ["stays_svg"]


def test_what_a_format_costs_is_told_before() -> None:
    images = [
        make_image(facts=facts(has_alpha=True)),
        make_image(facts=facts(has_alpha=True, has_c2pa=True)),
        make_image(facts=facts(frame_count=9), missing=True),
    ]
    messages = [note.message for note in plan(*images, format="jpeg").notes]
    assert messages == [
        "JPEG has no transparency. 2 images get a white background.",
        "1 image is animated, only its first frame is kept.",
        "1 image loses its Content Credentials, the original keeps them.",
        "1 file was moved and cannot be exported.",
    ]
    assert [note.code for note in plan(*images).notes] == ["as_received", "moved"]


def test_estimates_follow_quality_and_size() -> None:
    def size(**options: Any) -> int:
        return plan(make_image(), **options).size_bytes

    assert size() == 1_000_000
    assert size(format="jpeg", quality=30) < size(format="jpeg", quality=92)
    assert size(format="png", longest_edge_px=256) < size(format="png") == 1_000_000


def test_contact_sheet_gets_a_free_name() -> None:
    planned = plan(make_image(), existing={"": ["contact-sheet.pdf"]}, contact_sheet=ContactSheet())
    assert planned.contact_sheet == "contact-sheet-2.pdf"


def test_ten_thousand_images_of_one_name_are_no_trouble() -> None:
    planned = plan(*[make_image()] * 10_000, template="a")
    assert len({file.name for file in planned.files}) == 10_000


def test_impossible_template_is_refused() -> None:
    with pytest.raises(TemplateInvalid):
        plan(make_image(), template="{nope}")


def test_sums_are_of_what_will_be_written() -> None:
    images = [make_image(RUN, before=BEFORE, target=target, facts=facts(size_bytes=700)) for target in (QWEN, OPENAI)]
    taken = names(plan(*images))[0]
    planned = plan(*images, existing={"": [taken]}, if_exists="skip", sidecar=True)
    sums = planned.sums()
    assert (sums.writing, sums.sidecars, sums.size_bytes, sums.size_is_estimate) == (1, 1, 700, False)
    assert plan(*images, format="jpeg").sums().size_is_estimate
