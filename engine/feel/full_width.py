"""Full-width signs, which a Chinese keyboard writes where FEEL needs half-width ones.

Most of them may stand in names by the standard's grammar, so `a，b` is one name there, and the mistake shows elsewhere.
"""

from __future__ import annotations

_HALF_WIDTH = dict(zip("，：（）［］｛｝＜＞＝＋－＊／“”＂？．。；！", ',:()[]{}<>=+-*/"""?..;!', strict=True))


def full_width_sign(text: str) -> tuple[str, str] | None:
    """The first full-width sign of a text, and the half-width sign that is probably meant."""
    return next(((sign, _HALF_WIDTH[sign]) for sign in text if sign in _HALF_WIDTH), None)
