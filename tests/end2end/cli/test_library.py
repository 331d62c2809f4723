"""What one process sorts, the next one finds."""

from __future__ import annotations

from tests.end2end.cli.program import Program


def test_collections_marks_and_snippets_outlive_the_process(program: Program) -> None:
    painted = program.run(
        *("generate", "--prompt", "two pears", "--target", "demo/demo-painter", "--size", "64x64", "-n", "2", "--quiet")
    )
    assert painted.code == 0
    assert program.run("mark", "--last", "--stars", "3", "--add-tag", "梨").code == 0
    assert program.run("collections", "add", "Best of", "--last", "--make").out == "2 images added to Best of.\n"
    assert program.run("snippets", "save", "Light", "-", piped="soft north light\n").code == 0

    found = program.run("list", "--collection", "best of", "--tag", "梨", "--rating", "3", "--json")
    assert (found.code, found.json["total"]) == (0, 2)
    assert program.run("snippets", "show", "light").out == "soft north light\n"
    copied = program.run("export", "--collection", "Best of", "--to", "out")
    assert copied.out.strip() == "2 exported: out"
    assert len(list((program.folder / "out").iterdir())) == 2

    assert program.run("collections", "delete", "Nope").code == 2
    assert program.run("collections", "delete", "Best of").code == 0
    assert program.run("list", "--json").json["total"] == 2


def test_help_names_every_command(program: Program) -> None:
    told = program.run("--help").out
    for name in ("list", "mark", "collections", "snippets"):
        assert f"\n  {name}" in told
        assert program.run(name, "--help").code == 0
