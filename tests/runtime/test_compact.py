"""What a page loads is short and does what it did."""

import subprocess
import zlib

import pytest

pytest.importorskip("playwright", reason="the engine is Playwright's own")

from javascript import node

from nb_lib.live.runtime import parts, runtime
from nb_lib.live.runtime.compact import compact

MOST = 45_000  # bytes, deflated
NASTY = r"""
// a comment with "quotes", `ticks` and /strokes/
const words = [ "// none", 'it\'s /* none */', "a  b" , `two  ${ "in" + `ner  ${ 1 + 2 } ` } \` // $ {x}
   lines` ];  /* gone:
   two lines */
const halved = (n) => n / 2 / 1 ; // not a pattern / 3
const at = words . length , pattern = /[/"`'\]]+ \/ {1}/g , other = [ /\s+/ , 8 ] ;
let i = 1
let j = i ++ + + 1 - - 2
i
++
j
const f = (x) => { return /a  b/.test (x) }
const g = function * () { yield * [ 1 , 2 ] ; } , tag = typeof
  words , isIn = "length" in words , h = ( x ) => `${ x } of ${ { a : 1 } . a }` ;
if ( i ) console . log ( JSON . stringify ( [ words , halved ( 8 ) , at , i , j , f ( "a  b" ) ] ) )
else console.log( "never" )
console.log( [ ...g ( ) ], tag, isIn, h( 7 ) , String( pattern ) , String ( other ) , a => a )
"""  # noqa: E501


def said(program):
    """Return what a program writes."""
    return subprocess.run(
        [node(), "-"], input=program, capture_output=True, text=True, check=True
    ).stdout


def test_compact_programs_do_the_same():
    short = compact(NASTY)
    assert len(short) < 0.85 * len(NASTY)
    assert "gone" not in short
    assert "not a pattern" not in short
    assert said(short) == said(NASTY).replace("a => a", "a=>a")


def test_runtime_is_small_enough_for_a_page():
    sizes = {name: len(zlib.compress(t.encode(), 9)) for name, t in parts().items()}
    assert len(zlib.compress(runtime().encode(), 9)) <= MOST, sizes
