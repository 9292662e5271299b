// Where the parts of a view stand. On a phone the picture comes first. The desk under it,
// or beside it where the phone is held sideways, stays on the screen while the picture is
// seen: what is said of the picture and what moves it.

const PHONE = matchMedia("(max-width: 480px)"); // these two as in player.css
const SIDEWAYS = matchMedia("(min-width: 481px) and (min-height: 200px) and (max-height: 480px)");
const TALL = 0.65; // of the screen: a higher desk, in large letters, leaves the picture no room

class Desk {
  // Elements: lists of what `moves` the picture, its controls first, and what is `over` it;
  // the `stage`, the `line` with its sentence, the `note` on its settings, the `foot`. Their
  // order on the page is that of the tab key.
  constructor(figure, parts) {
    Object.assign(this, { figure, ...parts, box: element("div", { className: "nb-desk" }) });
    for (const kind of [PHONE, SIDEWAYS]) kind.addEventListener("change", () => this.place());
    this.place();
    // What is said does not count: no desk lets go of the edge under a finger.
    const sizes = new ResizeObserver(() => this.fit());
    for (const part of this.moves) sizes.observe(part);
    this.rows.addEventListener("scroll", () => this.fade(), { passive: true });
  }

  fit() {
    this.box.classList.toggle("nb-tall", this.box.offsetHeight > TALL * innerHeight);
    this.fade();
  }

  fade() {
    // Controls that scroll fade at the edge where more of them follow.
    const { rows } = this, { scrollTop, clientHeight, scrollHeight } = rows;
    rows.classList.toggle("nb-above", scrollTop > 1);
    rows.classList.toggle("nb-below", scrollTop + clientHeight < scrollHeight - 1);
  }

  get rows() {
    return this.moves[0];
  }

  place() {
    const { figure, box, moves, over, stage, line, note, foot } = this;
    const held = document.activeElement; // what is moved loses the keys
    if (SIDEWAYS.matches) {
      box.replaceChildren(note, line, ...over, ...moves);
      figure.replaceChildren(stage, box, foot);
    } else if (PHONE.matches) {
      box.replaceChildren(note, line, ...moves);
      figure.replaceChildren(...over, stage, box, foot);
    } else figure.replaceChildren(...moves, ...over, stage, line, note, foot);
    if (figure.contains(held)) held.focus({ preventScroll: true });
    this.most = new Map();
    for (const part of [note, line]) part.style.minHeight = "";
    for (const part of [note, line]) this.write(part, part.textContent);
  }

  tell(sentence) {
    this.write(this.line, sentence);
  }

  remark(words) {
    this.write(this.note, words);
  }

  write(part, words) {
    // What is said keeps the room that it once took, so that what stands below, on a phone
    // the controls, does not move under a finger.
    nbWrite(part, words);
    if (words.length <= (this.most.get(part) ?? 0)) return;
    this.most.set(part, words.length);
    part.style.minHeight = `${part.offsetHeight}px`;
  }
}
