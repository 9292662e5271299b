// Lets each explorer of the page play when it comes near the screen.

const NEAR = "600px", FAR = "3000px", MIDDLE = "-49% 0px";
const UPRIGHT = matchMedia("(orientation: portrait)");
const TURN = 20; // frames until all that a turned phone lays out anew has its height

function named(figures) {
  const names = new Map();
  for (const figure of figures) { // the second of one kind on a page is sixty_lines-2
    const { explorer } = figure.dataset;
    const count = figures.slice(0, figures.indexOf(figure))
      .filter((f) => f.dataset.explorer === explorer).length;
    names.set(figure, count ? `${explorer}-${count + 1}` : explorer);
  }
  return names;
}

async function play(figure, name) {
  // Its recording is shown first; what computes starts meanwhile, and is ended when the
  // figure is far away.
  const { explorer, program } = figure.dataset;
  const source = program ? new PageSource(explorer) : undefined;
  source?.open();
  try {
    const view = new View(figure, name, await recordingOf(explorer), source);
    watch(figure, NEAR, (isNear) => { if (isNear) view.source.open(); });
    watch(figure, FAR, (isNear) => { if (!isNear) view.source.close(); });
  } catch (error) {
    source?.close();
    figure.append(element("p", { className: "nb-note",
      textContent: `The still picture stays: ${error.message}.` }));
  }
}

function watch(figure, rootMargin, act) {
  const observer = new IntersectionObserver((entries) =>
    act(entries.at(-1).isIntersecting, observer), { rootMargin });
  observer.observe(figure);
}

function keep(figures) {
  // What lies across the middle of the screen stays on it when a phone is turned. Who reads
  // the text there is left to the browser.
  let seen;
  for (const figure of figures) {
    watch(figure, MIDDLE, (isSeen) => {
      if (isSeen) seen = figure;
      else if (seen === figure) seen = undefined;
    });
  }
  UPRIGHT.addEventListener("change", () => {
    const figure = seen;
    const show = (frames) => {
      figure?.scrollIntoView({ block: "start", behavior: "instant" });
      if (frames) requestAnimationFrame(() => show(frames - 1));
    };
    show(TURN);
  });
}

function start() {
  const figures = [...document.querySelectorAll("figure.nb-explorer[data-explorer]")];
  const names = named(figures);
  const linked = figures.find((figure) => names.get(figure) === fragmentOf(location).name);
  const isTall = linked?.offsetHeight > innerHeight; // then its controls are what is seen
  linked?.scrollIntoView({ block: isTall ? "start" : "center" });
  keep(figures);
  for (const figure of figures) {
    watch(figure, NEAR, (isNear, observer) => {
      if (!isNear) return;
      observer.disconnect();
      play(figure, names.get(figure));
    });
  }
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
