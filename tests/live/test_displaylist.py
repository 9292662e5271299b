"""The display list: what each artist becomes in words."""

import numpy as np
import pytest
from live import words
from matplotlib.figure import Figure

from nb_lib.draw import style
from nb_lib.live.paint.encode import FAR, UNITS
from nb_lib.live.paint.painter import Painter

SIZE = (5, 3)  # inches at 100 dots each
BLUE = (11, 105, 173, 255)


def drawn(draw, name=None, *, limits=((0, 10), (0, 6))):
    """Draw on axes that fill the figure (50 pixels a unit); return the operations."""

    def picture(figure):
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set(xlim=limits[0], ylim=limits[1])
        draw(ax)

    painter = Painter(picture, SIZE)
    moving = painter.paint(None)
    return words.named(moving, name) if name else words.operations(moving)


def test_line_has_colour_width_and_points_from_the_top():
    (line,) = drawn(lambda ax: ax.plot([0, 2, 10], [0, 3, 6], lw=1.44), "line")
    assert line["colour"] == BLUE
    assert (line["width"], line["dashes"]) == (2.0, [])
    ((points, closed),) = line["paths"]
    np.testing.assert_array_equal(points, [[0, 300], [100, 150], [500, 0]])
    assert not closed


def test_dashes_are_in_pixels():

    def draw(ax):
        ax.plot([0, 9], [1, 2], lw=0.72, ls=(0, (10, 5)))

    (line,) = drawn(draw, "line")
    assert line["dashes"] == [10.0, 5.0]


def test_line_breaks_at_gaps():
    y = [1, 2, np.nan, 3, 4, np.inf, 5]
    (line,) = drawn(lambda ax: ax.plot(range(7), y), "line")
    assert [len(points) for points, _ in line["paths"]] == [2, 2]  # a lone point: none


def test_line_far_outside_is_cut_beyond_the_edge():
    (line,) = drawn(lambda ax: ax.plot([0, 5, 10], [3, 1e9, 3]), "line")
    assert all(np.abs(points).max() < 600 for points, _ in line["paths"])


def test_line_with_no_width_or_no_colour_is_left_out():
    assert drawn(lambda ax: ax.plot([0, 9], [1, 2], lw=0), "line") == []
    assert drawn(lambda ax: ax.plot([0, 9], [1, 2], color="none"), "line") == []


def test_alpha_is_the_fourth_number():
    (line,) = drawn(lambda ax: ax.plot([0, 9], [1, 2], alpha=0.4), "line")
    assert line["colour"] == (*BLUE[:3], 102)


def test_markers_are_sent_once_with_their_places():

    def draw(ax):
        ax.plot([1, 2, np.nan, 9], [1, 2, 3, 5], "o", ms=7.2, mew=0)

    (markers,) = drawn(draw, "markers")
    np.testing.assert_array_equal(markers["at"], [[50, 250], [100, 200], [450, 50]])
    ((outline, closed),) = markers["paths"]
    assert closed
    np.testing.assert_allclose(np.hypot(*outline.T), 5, atol=0.2)
    assert (markers["face"], markers["width"]) == (BLUE, 0)


def test_bar_is_a_filled_closed_path():
    (bar,) = drawn(lambda ax: ax.bar([2], [4], width=2), "fill")
    ((points, closed),) = bar["paths"]
    assert closed
    assert {tuple(point) for point in points} == {
        (50, 300), (150, 300), (150, 100), (50, 100),
    }  # fmt: skip
    assert (bar["face"], bar["width"]) == (BLUE, 0)


def test_bar_far_outside_keeps_its_sides_upright():
    (bar,) = drawn(lambda ax: ax.bar([2], [1e12], width=2), "fill")
    assert {point[0] for points, _ in bar["paths"] for point in points} == {50, 150}


def test_band_far_outside_keeps_its_slope():
    """Cut off, not squeezed: where it crosses the top edge does not move."""

    def draw(ax):
        ax.fill([0, 10, 10], [0, 6000, 0], color="k")

    ((points, _),) = drawn(draw, "fill")[0]["paths"]
    far = points[points[:, 1] < 0]
    x = far[:, 0].min()
    np.testing.assert_allclose(300 - far[:, 1], 600 * x, rtol=0.02)


def test_dashed_patch_is_filled_then_stroked():

    def draw(ax):
        ax.fill([1, 9, 5], [1, 1, 5], fc="w", ec="k", ls="--")

    names = [said["op"] for said in drawn(draw)]
    assert names == ["clip", "fill", "line"]


def test_scatter_of_equal_points_is_one_operation():
    points = np.linspace(1, 5, 7)
    (markers,) = drawn(lambda ax: ax.scatter(points, points), "markers")
    assert len(markers["at"]) == 7


def test_scatter_groups_runs_of_equal_looks():
    points, looks = np.linspace(1, 5, 7), ["r", "r", "k", "k", "k", "r", "r"]
    found = drawn(lambda ax: ax.scatter(points, points, c=looks), "markers")
    assert [len(markers["at"]) for markers in found] == [2, 3, 2]
    assert found[0]["face"] == (255, 0, 0, 255)


def image(array, **look):
    def draw(ax):
        ax.imshow(array, extent=(1, 9, 1, 5), aspect="auto", **look)

    (said,) = drawn(draw, "image")
    return said


@pytest.mark.parametrize(
    ("origin", "box"),
    [("upper", [50, 50, 450, 250]), ("lower", [50, 250, 450, 50])],
)
def test_image_names_the_corner_of_its_first_pixel(origin, box):
    assert image(np.ones((3, 5)), origin=origin)["box"] == box


@pytest.mark.parametrize(
    ("interpolation", "smooth"),
    [("none", False), ("nearest", False), ("bilinear", True)],
)
def test_image_says_whether_it_is_smooth(interpolation, smooth):
    assert image(np.ones((3, 5)), interpolation=interpolation)["smooth"] is smooth


def test_mapped_image_is_within_one_level_of_its_colours():
    array = np.linspace(0, 1, 15).reshape(3, 5)
    said = image(array, cmap="gray", vmin=0, vmax=1)
    assert said["pixels"].shape == (3, 5, 4)
    np.testing.assert_allclose(said["pixels"][..., 0], 255 * array, atol=255 / 126 + 1)


def test_image_colours_outside_the_range_are_those_of_the_ends():
    said = image(np.array([[-9.0, 0, 1, 9e9, -9e9]]), cmap="gray", vmin=0, vmax=1)
    assert said["pixels"][0, :, 0].tolist() == [0, 0, 255, 255, 0]


@pytest.mark.parametrize("hole", [np.nan, np.ma.masked])
def test_image_is_clear_where_there_is_no_number(hole):
    array = np.ma.array(np.full((3, 5), 0.5))
    array[1, 2] = hole
    clear = image(array, vmin=0, vmax=1)["pixels"][..., 3] == 0
    assert clear.sum() == 1
    assert clear[1, 2]


@pytest.mark.parametrize("kind", ["uint8", "float64", "float32"])
@pytest.mark.parametrize("channels", [3, 4])
def test_coloured_image_keeps_its_pixels(rng, kind, channels):
    values = rng.integers(0, 256, size=(3, 5, channels)).astype("uint8")
    array = values if kind == "uint8" else (values / 255).astype(kind)
    pixels = image(array)["pixels"]
    np.testing.assert_array_equal(pixels[..., :channels], values)
    if channels == 3:
        assert (pixels[..., 3] == 255).all()


def test_alpha_of_an_image_multiplies_that_of_its_colours():
    assert (image(np.ones((3, 5)), alpha=0.4)["pixels"][..., 3] == 102).all()
    assert (image(np.ones((3, 5, 3)), alpha=0.4)["pixels"][..., 3] == 102).all()


def test_text_keeps_its_characters_size_and_place():

    def draw(ax):
        ax.text(2, 3, "10⁻³ 𝔸", size=14.4, weight="bold")

    (text,) = drawn(draw, "text")
    assert (text["text"], text["size"], text["bold"]) == ("10⁻³ 𝔸", 20, True)
    assert (text["x"], text["align"], text["angle"]) == (100, 0, 0)
    assert text["y"] == pytest.approx(150, abs=1)


@pytest.mark.parametrize(("ha", "align"), [("left", 0), ("center", 1), ("right", 2)])
def test_text_is_anchored_where_it_is_aligned(ha, align):
    """A font that is wider than expected then grows away from its anchor."""
    (text,) = drawn(lambda ax: ax.text(2, 3, "loss", ha=ha), "text")
    assert text["align"] == align
    assert text["x"] == pytest.approx(100, abs=1)


def test_turned_text_carries_its_angle():
    (text,) = drawn(lambda ax: ax.text(2, 3, "loss", rotation=30), "text")
    assert text["angle"] == 30


def test_formula_is_sent_as_outlines():
    found = drawn(lambda ax: ax.text(2, 3, r"$\partial L/\partial w$"))
    assert "text" not in {said["op"] for said in found}
    (formula,) = [said for said in found if said["op"] == "fill"]
    assert len(formula["paths"]) >= 5


def test_data_is_clipped_to_its_axes():
    def picture(figure):
        figure.add_axes((0.2, 0.1, 0.5, 0.8)).plot([0, 1], [0, 1])

    clip, *_ = words.named(Painter(picture, SIZE).paint(None), "clip")
    assert clip["box"] == [100, 30, 250, 240]


def test_clip_is_sent_once_for_each_artist():

    def draw(ax):
        ax.plot([0, 9], [1, 3])
        ax.scatter(range(9), range(9), c=range(9))  # nine operations

    assert len(drawn(draw, "clip")) == 2


def test_every_colour_of_the_palette_survives():
    for colour in style.SERIES:
        (line,) = drawn(lambda ax, c=colour: ax.plot([0, 9], [1, 2], color=c), "line")
        assert "#{:02x}{:02x}{:02x}".format(*line["colour"][:3]) == colour


def test_numbers_never_wrap_around():
    """Words have 16 bits: what is too large stays at the edge, on its own side."""

    def draw(ax):
        ax.plot([-1e6, 5, 1e6], [1e9, 3, -1e9], "s")

    (markers,) = drawn(draw, "markers")
    (x0, y0), _, (x2, y2) = markers["at"]
    assert (x0, y0, x2, y2) == (-FAR / UNITS, -FAR / UNITS, FAR / UNITS, FAR / UNITS)


def test_drawing_needs_no_agg():
    figure = Figure()
    painter = Painter(lambda figure: figure.subplots().plot([0, 1]) and None, (3, 2))
    assert type(painter.figure.canvas) is not type(figure.canvas)
    assert painter.renderer.dpi == 100
