"""What people read is what they get: commands, options and the README's first steps."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from onrecord.cli import cli

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "commands.md").read_text("utf-8")
GLOBAL = REFERENCE.partition("\n## ")[0]


def commands(group: click.Group, path: str = "onrecord") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(commands(cli))
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n?)*)", REFERENCE, re.MULTILINE))
ASKING = (
    "onrecord search",
    "onrecord quotes",
    "onrecord facets",
    "onrecord export",
    "onrecord listed",
)


def options(command: click.Command) -> set[str]:
    found = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
    return {option for option in found if option.startswith("--")}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options(name: str) -> None:
    text = SECTIONS[name] + (SECTIONS["Asking"] if name in ASKING else "")
    assert {o for o in options(COMMANDS[name]) if not re.search(rf"`{o}\b", text)} == set()


@pytest.mark.parametrize("name", [name for name in SECTIONS if name.startswith("onrecord")])
def test_every_documented_command_and_option_exists(name: str) -> None:
    documented = set(re.findall(r"^- ((?:`--[^—]+)+)—", SECTIONS[name], re.MULTILINE))
    named = {o for line in documented for o in re.findall(r"`(--[\w-]+)", line)}
    assert named <= options(COMMANDS[name])


def test_the_options_of_every_command_are_documented() -> None:
    assert {option for option in options(cli) if f"`{option}" not in GLOBAL} == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_explains_itself(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert all(p.help for p in command.params if isinstance(p, click.Option))


def test_the_first_two_blocks_of_the_readme_are_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert blocks[:2] == ["make demo\n", "make test\n"]


def test_links_in_the_documentation_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    links = {
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not target.startswith(("http:", "https:")) and not (page.parent / target).exists()
    }
    assert links == set()


def test_every_folder_is_headed_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = ["archive", "index", "webui", "onrecord"]
    folders = {
        path.parent.relative_to(ROOT).as_posix()
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
    }
    assert {folder for folder in folders if f"`{folder}/`" not in text} == set()


def test_every_dependency_has_its_reason_in_the_architecture() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[<>=~ ]", line)[0] for line in project["dependencies"]]
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8").lower()
    assert [name for name in names if f"| {name.lower()} " not in text] == []
