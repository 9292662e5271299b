// Where the parts of a view stand. On a phone the picture comes first. The desk under it,
// what is said of the picture and what moves it, stays on the screen while the picture is
// seen.

const PHONE = matchMedia("(max-width: 480px)"); // as in player.css

class Desk {
  // Elements: lists of what `moves` the picture and what is `over` it; the `stage`, the
  // `line` with its sentence, the `note` on its settings, the `foot`. Their order on the
  // page is that of the tab key.
  constructor(figure, parts) {
    Object.assign(this, { figure, ...parts, box: element("div", { className: "nb-desk" }) });
    PHONE.addEventListener("change", () => this.place());
    this.place();
  }

  place() {
    const { figure, box, moves, over, stage, line, note, foot } = this;
    if (PHONE.matches) {
      box.replaceChildren(note, line, ...moves);
      figure.replaceChildren(...over, stage, box, foot);
    } else figure.replaceChildren(...moves, ...over, stage, line, note, foot);
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
    // On a phone the controls stand below what is said: that keeps the room that it once
    // took, so that they do not move under a finger.
    part.textContent = words;
    if (!PHONE.matches || words.length <= (this.most.get(part) ?? 0)) return;
    this.most.set(part, words.length);
    part.style.minHeight = `${part.offsetHeight}px`;
  }
}
