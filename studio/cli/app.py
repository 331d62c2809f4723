"""The command ``prompt-studio``: its commands are imported when they are used, so that help is there at once."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import ClassVar

import click

from studio import __version__
from studio.cli.exits import Exit

_GROUP_HELP = """One image prompt to several image models, side by side.

Without arguments the window opens. Every command takes --help; a key is never an argument: it comes from the keyring
(prompt-studio keys set), from standard input or from the vendor's usual environment variable.

A first image without any key:

\b
  prompt-studio generate --prompt "two pears on folded linen" --target demo/demo-painter
"""


class _LazyGroup(click.Group):
    """Knows each command by name and one line; imports the one that is run."""

    COMMANDS: ClassVar[dict[str, tuple[str, str]]] = {
        "generate": ("studio.cli.generate", "Make images from a prompt."),
        "sweep": ("studio.cli.sweep", "Make every combination of choices, models, sizes and seeds."),
        "resume": ("studio.cli.resume", "Bring home what an earlier run left unfinished."),
        "settle": ("studio.cli.resume:settle", "Say what a request cost that may have been billed."),
        "list": ("studio.cli.listing", "List images of the library."),
        "mark": ("studio.cli.listing:mark", "Rate, reject, tag or note images; put them into the bin."),
        "collections": ("studio.cli.collections", "List, make, fill and remove collections."),
        "undo": ("studio.cli.undo", "Take back the last change of the library; --list names them."),
        "redo": ("studio.cli.undo:redo", "Make a change of the library again that was taken back."),
        "snippets": ("studio.cli.snippets", "List, show, save and delete words kept for prompts."),
        "ranking": ("studio.cli.ranking", "Show what the blind votes say of models or images."),
        "export": ("studio.cli.export", "Copy images of the library to a folder."),
        "models": ("studio.cli.models", "List models with their state and price."),
        "providers": ("studio.cli.providers", "List providers and where their keys come from."),
        "keys": ("studio.cli.keys", "Set, list, delete and test API keys."),
        "doctor": ("studio.cli.doctor", "Check the installation; rebuild a damaged database."),
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.COMMANDS:
            return None
        module, _, name = self.COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name or "command")
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self.COMMANDS.items()])


@click.group(
    cls=_LazyGroup, help=_GROUP_HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="prompt-studio", message="%(prog)s %(version)s")
def group() -> None:
    pass


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line and return its exit code. Mistakes in the command line itself are code 2."""
    _speak_utf8()
    try:
        code = group.main(args=list(arguments), prog_name="prompt-studio", standalone_mode=False)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        return Exit.INTERRUPTED
    except click.ClickException as error:
        from studio.cli.session import report_usage

        return report_usage(error, arguments)
    except SystemExit as ended:
        # click ends the program itself when a pipe closes while it writes, with a code that says nothing.
        # It leaves its wrapper, no public name in click any more, in the stream's place.
        if type(sys.stdout).__name__.endswith("PacifyFlushWrapper"):
            return Exit.PIPE_CLOSED
        return ended.code if isinstance(ended.code, int) else Exit.DONE
    except BrokenPipeError:
        # `prompt-studio models | head -1`: nobody reads on. Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.PIPE_CLOSED
    return code if isinstance(code, int) else Exit.DONE


def _speak_utf8() -> None:
    """A pipe on Windows, or a C locale, would fail at the first Chinese character of a prompt."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
