"""JavaScript without comments and needless blanks, for the file that a page loads.

Words, strings, templates and regular expressions stay as they are; lines stay lines.
"""

import re

TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<blank>\s+)
    |(?P<word>[\w$]+)
    |(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)
WORDING = re.compile(r"(?:\\.|\$(?!\{)|[^`$\\])*(`|\$\{)", re.DOTALL)
PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/\w*")
ENDS_A_VALUE = re.compile(r"[\w$)\]}\"'`]$")  # behind it, a stroke divides
BEFORE_A_PATTERN = {"return", "typeof", "case", "of", "in"}


def compact(text):
    """Return the same program in fewer bytes."""
    return "".join(tokens(text, 0, [])[0])


def tokens(text, at, out, inside=False):
    """Append the tokens from a place on; return them and where they end.

    ``inside`` the braces of a template, they end with the brace that closes it.
    """
    depth, blank = 0, ""
    while at < len(text):
        found = TOKEN.match(text, at)
        kind, word = found.lastgroup, found[0]
        at = found.end()
        if kind in ("comment", "blank"):
            blank = "\n" if "\n" in blank + word else " "
            continue
        if word == "/" and not divides(out):
            word = PATTERN.match(text, at - 1)[0]
            at += len(word) - 1
        out.append(gap(out, blank, word) + word)
        blank = ""
        if word == "`":
            at = template(text, at, out)
        depth += (word == "{") - (word == "}")
        if inside and depth < 0:
            break
    return out, at


def template(text, at, out):
    """Append what stands between two backticks; return where it ends."""
    while True:
        found = WORDING.match(text, at)
        out.append(found[0])
        at = found.end()
        if found[1] == "`":
            return at
        at = tokens(text, at, out, inside=True)[1]


def divides(out):
    """Say whether a stroke behind these tokens is a division."""
    last = out[-1].strip() if out else ""
    return bool(ENDS_A_VALUE.search(last)) and last not in BEFORE_A_PATTERN


def gap(out, blank, word):
    """Return the blank that has to stay before a token."""
    if not out or not blank:
        return ""
    if blank == "\n":
        return "" if out[-1][-1] in "{[(,;" else "\n"
    last, first = out[-1][-1], word[0]
    are_words = is_word(last) and is_word(first)
    return " " if are_words or (last in "+-/" and first in "+-/") else ""


def is_word(letter):
    """Say whether a letter belongs to names, words and numbers."""
    return letter.isalnum() or letter in "_$"
