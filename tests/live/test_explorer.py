"""Explorer: what a declaration promises, and what it refuses."""

import contextlib
import inspect
import pickle

import numpy as np
import pytest
from live import dummies
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from nb_lib.live import Explorer, Slider
from nb_lib.live.declare import explorer as module


@pytest.fixture(scope="module")
def explorer():
    return dummies.explorer()


def test_run_gives_the_last_frame(explorer):
    depth, step, wave = explorer.run(depth=7, lr=2)
    assert (depth, step, wave.shape) == (7, 3, (50,))


def test_run_takes_a_compute_that_returns_one_frame():
    one = dummies.explorer(
        controls={"depth": Slider("depth", low=1, high=5, start=2)},
        compute=lambda depth: (depth, 1, np.zeros(50)),
    )
    assert one.run(depth=4)[0] == 4


class Counting:
    """A compute that offers the numbers up to depth, and which of them were built."""

    def __init__(self):
        self.built = []

    def __call__(self, depth):
        for self.now in range(1, depth + 1):
            yield self.build

    def build(self):
        self.built.append(self.now)
        return self.now, 1, np.zeros(50)


def counting(compute):
    """Return an explorer of the one setting depth."""
    controls = {"depth": Slider("depth", low=0, high=5, start=2)}
    return dummies.explorer(controls=controls, compute=compute)


def test_run_builds_only_the_last_offer():
    compute = Counting()
    assert counting(compute).run(depth=4)[0] == 4
    assert compute.built == [4]


def test_frames_builds_every_offer_while_it_holds():
    compute = Counting()
    assert [frame[0] for frame in counting(compute).frames(depth=4)] == [1, 2, 3, 4]
    assert compute.built == [1, 2, 3, 4]


@pytest.mark.parametrize("ask", ["run", "still", "frames"])
def test_compute_that_yields_nothing_is_named(ask):
    explorer = counting(Counting())
    with pytest.raises(ValueError, match="explorer 'dummy': compute yielded no frame"):
        list(getattr(explorer, ask)(depth=0))


def test_run_enters_calculation_once(monkeypatch):
    entered = []

    @contextlib.contextmanager
    def calculation():
        entered.append(True)
        yield

    monkeypatch.setattr(module, "calculation", calculation)
    counting(Counting()).run(depth=5)
    assert entered == [True]


def test_overflow_between_two_frames_is_the_callers():
    frames = counting(Counting()).frames(depth=2)
    next(frames)
    with pytest.warns(RuntimeWarning, match="overflow"):
        np.exp(np.array([1e4]))


def test_compute_sees_all_settings_in_their_own_kind():
    seen = {}

    def compute(depth, noise, lr, kind, skip):
        seen.update(depth=depth, noise=noise, lr=lr, kind=kind, skip=skip)
        return 1, 1, np.zeros(50)

    dummies.explorer(compute=compute).run(depth=3.0, kind="he")
    assert seen == {"depth": 3, "noise": 0.1, "lr": 0.1, "kind": "he", "skip": False}
    assert [type(value) for value in seen.values()] == [int, float, float, str, bool]


def test_overflow_in_compute_is_no_warning():
    def compute(depth):
        return 1, 1, np.full(50, np.float64(1e308)) * 10 - np.inf

    controls = {"depth": Slider("depth", low=1, high=5, start=2)}
    _, _, wave = dummies.explorer(controls=controls, compute=compute).run()
    assert np.isnan(wave).all()


def test_unknown_name_in_together_is_refused():
    with pytest.raises(ValueError, match="together names 'zz', but the controls are"):
        dummies.explorer(together=("depth", "zz"))


@pytest.mark.parametrize("ask", ["run", "still", "show"])
def test_unknown_setting_is_named(explorer, ask):
    with pytest.raises(ValueError, match="'dummy' has no setting 'width'; it has .*lr"):
        getattr(explorer, ask)(width=3)


@pytest.mark.parametrize("ask", ["run", "still", "show"])
def test_setting_out_of_range_is_named_with_the_range(explorer, ask):
    with pytest.raises(ValueError, match="depth wants a whole number from 1 to 90"):
        getattr(explorer, ask)(depth=91)


def test_frames_refuses_before_the_first_frame(explorer):
    with pytest.raises(ValueError, match="depth wants"):
        next(explorer.frames(depth=0))


def test_still_is_a_figure_of_the_frame(explorer):
    figure = explorer.still(depth=3)
    assert isinstance(figure, Figure)
    assert figure.axes[1].patches[0].get_height() == 3


def test_still_is_laid_out_as_the_live_picture():
    def picture(figure):
        for ax in figure.subplots(1, 2):
            ax.set(xlabel="step", ylabel="loss (nats)", title="Loss")
        return lambda frame: figure.axes[0].set_ylim(0, 123_456)

    explorer = dummies.explorer(picture=picture)
    still, live = explorer.still(), explorer.painter().figure
    for ax, other in zip(still.axes, live.axes, strict=True):
        np.testing.assert_array_equal(ax.get_position(), other.get_position())


@pytest.mark.parametrize("name", ["compute", "in_page"])
def test_other_names_than_those_of_the_controls_are_refused(name):
    with pytest.raises(ValueError, match=rf"{name} takes \['width'\].*controls are"):
        dummies.explorer(**{name: lambda width: None})


def test_a_page_computes_what_is_declared_for_it(explorer):
    def in_page(depth, noise, lr, kind, skip):
        return None

    assert explorer.for_page().compute is explorer.compute
    twofold = dummies.explorer(in_page=in_page)
    assert twofold.compute is explorer.compute
    assert twofold.for_page().compute is in_page


def hatch(figure):
    figure.subplots().bar([0, 1], [1, 2], hatch="//")


def mesh(figure):
    figure.subplots().pcolormesh(np.ones((3, 4)))


def gouraud(figure):
    figure.subplots().pcolormesh(np.ones((3, 4)), shading="gouraud")


def clip_path(figure):
    ax = figure.subplots()
    (line,) = ax.plot([0, 1], [0, 1])
    line.set_clip_path(Circle((0.5, 0.5), 0.2, transform=ax.transData))


def sketch(figure):
    figure.subplots().plot([0, 1])[0].set_sketch_params(1)


def figure_image(figure):
    figure.subplots()
    figure.figimage(np.ones((3, 4)))


def inset(figure):
    figure.subplots().inset_axes([0.5, 0.5, 0.4, 0.4]).plot([0, 1])


def subfigure(figure):
    figure.subfigures(1, 2)[0].subplots()


def image_on_log_axis(figure):
    ax = figure.subplots()
    ax.imshow(np.ones((3, 4)), extent=(1, 10, 1, 10))
    ax.set_xscale("log")


def alpha_for_each_pixel(figure):
    figure.subplots().imshow(np.ones((3, 4)), alpha=np.full((3, 4), 0.5))


def too_many_points(figure):
    figure.subplots().plot(np.arange(40_000) % 99, "o")


UNDRAWABLE = [hatch, mesh, gouraud, clip_path, sketch, figure_image, inset, subfigure,
              image_on_log_axis, alpha_for_each_pixel, too_many_points]  # fmt: skip


@pytest.mark.parametrize("picture", UNDRAWABLE, ids=lambda picture: picture.__name__)
def test_what_cannot_be_drawn_is_refused_when_shown(picture):
    with pytest.raises(ValueError, match="a display list|a picture"):
        dummies.explorer(picture=picture).show()


def unwanted(figure):
    """Be a picture that nobody may ask for."""
    raise AssertionError("a declaration lays nothing out")


def test_declaration_and_pickle_lay_nothing_out():
    declared = dummies.explorer(picture=unwanted)
    assert pickle.loads(pickle.dumps(declared)) == declared
    with pytest.raises(AssertionError, match="lays nothing out"):
        declared.painter()


def test_explorer_comes_back_from_a_pickle_without_its_checks(monkeypatch):
    """A recorder sends one to its processes for every state."""
    data = pickle.dumps(dummies.explorer())
    monkeypatch.setattr(Explorer, "__post_init__", None)  # would raise
    assert pickle.loads(data).id == "dummy"


def test_declaration_needs_no_widgets():
    """ipywidgets is imported by ``show`` alone."""
    assert "widget import Live" in inspect.getsource(module.Explorer.show)
    assert "ipywidgets" not in vars(module)
