"""How a picture on paper turns dark in a dark notebook: its style travels with it."""

# The dark marks of JupyterLab, VS Code and Colab. The website has its own style sheet.
PAGES = ('[data-jp-theme-light="false"]', ".vscode-dark", 'html[theme="dark"]')
# Lines on paper turn into lines on the dark page, and their hues stay what they are.
TURNED = "filter:invert(1) hue-rotate(180deg);mix-blend-mode:screen"


def turned(selector):
    """Return the style element for the images that a CSS selector finds."""
    images = ",".join(f"{page} {selector}" for page in PAGES)
    return f"<style>{images}{{{TURNED}}}</style>"
