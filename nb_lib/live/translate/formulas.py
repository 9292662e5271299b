"""Formulas as outlines: the page sets none, it draws what the build has set."""


def outline(text, formula, renderer):
    """Return a formula's box and outlines around (0, 0), as a text would write it.

    The box is width, ascent and descent in pixels, the outlines are words of paths.
    """
    prop = text.get_fontproperties()
    width, height, descent = renderer.get_text_width_height_descent(formula, prop, True)
    renderer.take()
    renderer._draw_mathtext(renderer.new_gc(), 0, 0, formula, prop, text.get_rotation())
    words = [int(word) for word in renderer.take()]
    paths, at = [], 5 + 7  # behind CLIP and the head of FILL
    for _ in range(words[at - 1]):
        end = at + 1 + 2 * abs(words[at])
        paths.append(words[at:end])
        at = end
    return {"box": [width, height - descent, descent], "paths": paths}
