"""The language of a text."""

import pytest

from archive.language import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harbour was closed by the police, and the crews have not been told why.", "en"),
        ("Le port est fermé par la police, et les équipages ne sont pas dans la ville.", "fr"),
        ("El puerto fue cerrado por la policía, y los marineros no han sido avisados.", "es"),
        ("Der Hafen wurde von der Polizei geschlossen, und die Seeleute sind nicht hier.", "de"),
        ("O porto foi fechado pela polícia e os marinheiros não são ouvidos.", "pt"),
        ("Il porto è stato chiuso dalla polizia e gli equipaggi non sono più nel porto.", "it"),
        ("Порт закрыт полицией, и экипажи ждут.", "ru"),
        ("Порт закрито поліцією, і екіпажі чекають.", "uk"),
        ("أغلقت الشرطة الميناء", "ar"),
        ("港は閉鎖されました", "ja"),
        ("港口已经关闭", "zh"),
        ("", None),
        ("UA 80/17", None),
        ("12345", None),
        ("Split", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert guess_language(text) == language


def test_a_foreign_name_does_not_change_the_language() -> None:
    text = "The harbour was closed by the police, and the crews of Владивосток have been told."
    assert guess_language(text) == "en"
