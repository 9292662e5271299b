"""How 9.2's explorer looks: the plane, the board of tables, and the weights."""

from nb_lib.live import grab_on
from nb_lib.numpy.boolean import NAMES, cube, number
from nb_lib.sections.s09_02_xor.tables import board, half_plane
from nb_lib.sections.s09_02_xor.weights import sweep_and_walk

X, TABLES = cube(2), cube(4)  # the corners; the 16 tables on them
MOST = 40  # mistakes that we let the rule make


def picture(figure):
    """Lay out the plane, the board of tables, and the weights."""
    grid = figure.add_gridspec(1, 3, width_ratios=(1.08, 1.4, 0.95))
    left = figure.add_subplot(grid[0])
    grab_on(left, "moved")
    show_plane = half_plane(left)
    show_board = board(figure.add_subplot(grid[1]), X, TABLES, NAMES)
    show_sweep, show_walk = sweep_and_walk(figure.add_subplot(grid[2]), most=MOST)

    def show(frame):
        by_hand = frame.target is None
        outputs = frame.outputs if by_hand else TABLES[frame.target]
        goal = None if by_hand else NAMES[frame.target]
        show_plane(frame.x, outputs == 1, frame.wrong, frame.path, goal)
        met, now = frame.met, number(frame.outputs)
        how = "as b alone rises" if by_hand else "on the way"
        note = f"bold: now · numbered: met {how}, {len(met)} of 16"
        show_board(now, met, frame.target, frame.returned is not None, note)
        if by_hand:
            show_sweep(frame.edges, [NAMES[k] for k in frame.swept], frame.path[-1, 2])
        else:
            show_walk(frame.path, frame.returned)

    return show
