"""Write the printable worksheets of section 9.7 to notebooks/worksheets."""

from pathlib import Path

from nb_lib.sections.s09_07_by_hand.worksheet import write_all

FOLDER = Path(__file__).resolve().parents[1] / "notebooks/worksheets"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path in write_all(FOLDER):
        print(f"{path.relative_to(FOLDER.parents[1])}: {path.stat().st_size:,} bytes")
