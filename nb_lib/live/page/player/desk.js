// Where the parts of a view stand. On a phone the picture comes first. The desk under it,
// the sentence and what moves the picture, stays on the screen while the picture is seen.

const PHONE = matchMedia("(max-width: 480px)"); // as in player.css

class Desk {
  // Elements, in lists: what `moves` the picture, and what is `over` and `under` it. Their
  // order on the page is that of the tab key.
  constructor(figure, parts) {
    Object.assign(this, { figure, ...parts, box: element("div", { className: "nb-desk" }) });
    PHONE.addEventListener("change", () => this.place());
    this.place();
  }

  place() {
    const { figure, box, moves, over, stage, line, under } = this;
    if (PHONE.matches) {
      box.replaceChildren(line, ...moves);
      figure.replaceChildren(...over, stage, box, ...under);
    } else figure.replaceChildren(...moves, ...over, stage, line, ...under);
    this.most = 0;
    line.style.minHeight = "";
  }

  tell(sentence) {
    // On a phone the controls stand below the sentence: it keeps the room that it once
    // took, so that they do not move under a finger.
    const { line } = this;
    line.textContent = sentence;
    if (!PHONE.matches || sentence.length <= this.most) return;
    this.most = sentence.length;
    line.style.minHeight = `${line.offsetHeight}px`;
  }
}
