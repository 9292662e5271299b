"""A folder with a page whose explorers it computes itself: to test and to measure."""

import shutil
from pathlib import Path

import nb_lib.live
from nb_lib.live.declare.calculation import streams
from nb_lib.live.page.recorder import record
from nb_lib.live.page.script import PAINTERS, player, program_script, runtime_script

PAINT = Path(nb_lib.live.__file__).parent / "paint"
CSS = Path(__file__).parents[1] / "site/static/player.css"


def scripts(folder, runtime):
    """Write what every page loads, with this text for a runtime."""
    for name in PAINTERS:
        shutil.copy(PAINT / f"{name}.js", folder)
    (folder / "player.js").write_text(player())
    (folder / "runtime.js").write_text(runtime_script(runtime))


def explorer(folder, each, program, states=None):
    """Write the recording of an explorer, and its program if there is a text."""
    kept = {"cache": folder / "cache", "states": states, "progress": False}
    record(each, folder / "recordings", jobs=1, **kept)
    (folder / "programs").mkdir(exist_ok=True)
    if program:
        script = program_script(each, program)
        (folder / f"programs/{each.id}.js").write_text(script)


def page(folder, name, explorers, policy="", between="<hr>"):
    """Write a page that shows these explorers, under a policy of security."""
    names = "".join(f'<script src="{n}.js" defer></script>' for n in PAINTERS)
    faces = []
    for each in explorers:
        own = each.for_page()
        mark = f'data-program="{"stream" if streams(own.compute) else "once"}"'
        kind = f"<figure {mark}{' data-steps' * own.has_steps()} "
        faces.append(each.show().html.replace("<figure ", kind, 1))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    (folder / f"{name}.html").write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8>{meta if policy else ''}"
        f'<link rel=icon href="data:,"><title>Page</title>'
        f"<style>{CSS.read_text()}</style>"
        f'<body>{names}<script src="player.js" defer></script>{between.join(faces)}'
    )
