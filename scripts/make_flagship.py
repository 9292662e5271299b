"""Photograph the flagship explorer in JupyterLab for the README, light and dark.

    python scripts/make_flagship.py

It runs a JupyterLab and a browser as the tests do, so it needs Chromium. Take the
pictures anew when the explorer or its controls change.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE / "tests"))
import lab_server  # noqa: E402
from browser import chromium  # noqa: E402

THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
SHOW = "from nb_lib.explore import sixty_lines\n\nsixty_lines.show(presets=())"
SIZE, SCALE = {"width": 1420, "height": 1000}, 1.2
CHANGE = "(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })"
LIVE = """() => document.querySelector(".nb-explorer-badge")?.textContent
  === 'live in the kernel'"""


def photograph(browser, url, theme, target):
    """Run the explorer in this theme and keep a picture of its cell."""
    page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE)
    notebook = lab_server.Notebook(page, url, "flagship.ipynb")
    page.evaluate(CHANGE, theme)
    notebook.run_all()
    notebook.explorer("sixty_lines")
    page.wait_for_function(LIVE)
    page.wait_for_timeout(4000)  # the network trains, and the theme arrives
    page.locator(".jp-CodeCell").first.screenshot(path=target)
    notebook.close()


def main():
    with TemporaryDirectory() as home, lab_server.jupyterlab(home) as (url, root):
        lab_server.write_notebook(root / "flagship.ipynb", SHOW)
        with chromium() as browser:
            for name, theme in THEMES.items():
                target = HERE / "docs" / f"flagship_{name}.png"
                photograph(browser, url, theme, target)
                print(f"{target.name}: {target.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
