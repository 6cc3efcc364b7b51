"""A word that no line can hold is cut where nothing shows it; everything else is left as it was."""

import pytest

from documents.long_words import CUT, cut


@pytest.mark.parametrize(
    "html",
    [
        "<p>Terril</p>",
        f"<p>{'f' * 64}</p>",
        f'<img alt="{"a" * 300}"><p>Terril</p>',
        f"<p>{'mot ' * 300}</p>",
    ],
)
def test_words_are_left_alone(html: str) -> None:
    assert cut(html) == html


def test_a_word_is_cut_between_its_characters() -> None:
    assert cut(f"<p>{'W' * 130}</p>") == f"<p>{('W' * 40 + CUT) * 3}{'W' * 10}</p>"
    assert cut("&lt;" * 100) == ("&lt;" * 40 + CUT) * 2 + "&lt;" * 20
