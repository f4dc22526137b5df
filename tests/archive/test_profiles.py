from pathlib import Path

import pytest

from archive.errors import ProfileError
from archive.markup import Markup
from archive.profiles import load_profiles

OWN = """
hosts = ["www.watch.example"]
organisation = "Example Watch"
date_order = "dmy"
[listing]
item = ".row"
title = [".name", "h2"]
"""


def write(folder: Path, text: str, name: str = "watch.toml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def test_the_shipped_profiles_are_valid() -> None:
    names = {profile.name for profile in load_profiles().known}
    assert names == {
        "amnesty-org", "drupal7-listing", "europarl-press", "un-press", "wordpress-archive",
    }  # fmt: skip


def test_own_profiles_come_first_and_replace_shipped_ones(tmp_path: Path) -> None:
    write(tmp_path, OWN)
    write(tmp_path, OWN, "amnesty-org.toml")
    profiles = load_profiles(tmp_path)
    assert [profile.name for profile in profiles.known][:2] == ["amnesty-org", "watch"]
    assert profiles.named("amnesty-org").organisation == "Example Watch"
    assert len(profiles.known) == len(load_profiles().known) + 1


def test_a_profile_is_chosen_by_host_then_by_software_then_generic(tmp_path: Path) -> None:
    profiles = load_profiles(write(tmp_path, OWN))
    drupal = Markup('<meta name="Generator" content="Drupal 7 (http://drupal.org)">')
    plain = Markup("<p>")
    assert profiles.choose(drupal, "https://news.watch.example/1").name == "watch"
    assert profiles.choose(drupal, "https://notwatch.example/1").name == "drupal7-listing"
    assert profiles.choose(plain, "https://example.org/1").name == "generic"
    assert profiles.choose(plain, None).name == "generic"


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ProfileError, match=r"no profile “nope”.*generic"):
        load_profiles().named("nope")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[listing", "not valid TOML"),
        ("hosts = []", "neither a .listing. nor an .article."),
        ("hosts = 'https://watch.example/'\n[article]\nbody = 'p'", "which is no host"),
        ("hosts = ['*.watch.example']\n[article]\nbody = 'p'", "which is no host"),
        ("hosts = ['watch.example:8080']\n[article]\nbody = 'p'", "which is no host"),
        ("[listing]\ntitle = 'h2'", "needs “item”"),
        ("[article]\ntitle = 'h1'", "needs “body”"),
        ("[listing]\nitem = '.row['", "“listing.item” is not a CSS selector"),
        ("[listing]\nitem = 3", "“listing.item” must be a text"),
        ("[listing]\nitem = '.row'\nheading = 'h1'", "“listing.heading” is unknown"),
        ("host = 'x'\n[listing]\nitem = '.row'", "“host” is unknown"),
        ("date_order = 'ymd'\n[listing]\nitem = '.row'", "date_order is “ymd”"),
        ("detect = 'x'\n[listing]\nitem = '.row'", "“detect” must be a table"),
        ("organisation = 3\n[listing]\nitem = '.row'", "“organisation” must be a text"),
    ],
)
def test_a_wrong_profile_says_what_is_wrong_and_where(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ProfileError, match=message) as caught:
        load_profiles(write(tmp_path, text))
    assert "watch.toml" in str(caught.value)


def test_a_profile_nested_beyond_measure_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"watch\.toml is not valid TOML"):
        load_profiles(write(tmp_path, "a=" + "[" * 100_000))


def test_a_profile_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "watch.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProfileError, match="cannot be read"):
        load_profiles(tmp_path)
