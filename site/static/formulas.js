// Makes room for what is wide: formulas, which the page holds already set, and figures.
// The text waits until their letters are there, so that no line moves.
const SMALLEST = 0.75; // of its size may a formula become, to fit in its line

function width(formula) {
  // The room that a formula needs, its number beside it.
  const right = [...formula.querySelectorAll(".katex-html > .base")]
    .map((base) => base.getBoundingClientRect().right);
  const tag = formula.querySelector(".katex-html > .tag")?.getBoundingClientRect();
  const over = tag && right.length ? Math.max(...right) - tag.left : 0;
  return Math.max(formula.scrollWidth, formula.clientWidth + over);
}

function widen() {
  // A formula that is a little too wide becomes smaller, one that is much too wide is
  // broken; what is too wide even then scrolls, and keys must be able to scroll it.
  for (const formula of document.querySelectorAll(".katex-display")) {
    const isTooWide = () => width(formula) > formula.clientWidth + 1;
    formula.removeAttribute("tabindex");
    formula.classList.remove("nb-broken");
    formula.style.fontSize = "";
    const share = formula.clientWidth / (width(formula) + 1);
    if (isTooWide() && share >= SMALLEST) formula.style.fontSize = `${100 * share}%`;
    if (isTooWide()) formula.style.fontSize = "";
    if (isTooWide()) formula.classList.add("nb-broken");
    if (isTooWide()) formula.tabIndex = 0;
  }
  // A figure keeps letters that can be read; where it is moved sideways, it says so.
  for (const figure of document.querySelectorAll(".nb-figure")) {
    const isTooWide = figure.scrollWidth > figure.clientWidth + 1;
    figure.classList.toggle("nb-sideways", isTooWide);
    if (isTooWide) figure.tabIndex = 0;
    else figure.removeAttribute("tabindex");
  }
}

try {
  // A choice that is a formula is named by its letters: not every reader of a page looks
  // into MathML for the name of a button.
  for (const label of document.querySelectorAll("label:has(input):has(.katex)")) {
    const words = label.cloneNode(true);
    words.querySelectorAll("annotation, .katex-html").forEach((part) => part.remove());
    label.querySelector("input").setAttribute("aria-label", words.textContent.trim());
  }
} finally {
  const faces = ["1em 'Source Serif 4'", "600 1em 'Source Serif 4'",
    "italic 1em 'Source Serif 4'", "1em KaTeX_Main", "italic 1em KaTeX_Math"];
  Promise.allSettled(faces.map((face) => document.fonts.load(face)))
    .then(() => {
      widen();
      addEventListener("resize", widen);
      const article = document.querySelector("article"); // its margins come a little later
      const watch = new ResizeObserver(() => requestAnimationFrame(() => {
        if (article.clientWidth === watch.known) return;
        watch.known = article.clientWidth;
        widen();
      }));
      if (article) watch.observe(article);
      const show = () => document.documentElement.classList.remove("nb-setting");
      requestAnimationFrame(() => requestAnimationFrame(show)); // once all is in its place
    });
}
