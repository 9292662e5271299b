// What the tests of the site ask a page about itself; each returns plain data.
// What ought not to be is told in the first words of the element.

(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const style = (element) => getComputedStyle(element);
  const words = (element) => element.textContent.trim().slice(0, 60);
  const isSeen = (element) => element.getClientRects().length > 0;
  const right = (element) => element.getBoundingClientRect().right;
  const SKIPPED = "script, style, noscript, math, :disabled, [class^='search-button']";
  const left = (element) => element.getBoundingClientRect().left;

  window.looks = {
    // The page as something to read, at the width that the screen has now.
    reading() {
      const article = document.querySelector("article");
      const links = (selector) => all(selector).map((a) => a.getAttribute("href"));
      const ruler = document.createElement("span");
      ruler.textContent = "The weights of a layer are all that it has learnt. ".repeat(9);
      ruler.style.whiteSpace = "nowrap";
      const text = all("article section > p").find((p) => p.textContent.length > 300);
      text?.append(ruler);
      const letter = ruler.getBoundingClientRect().width / ruler.textContent.length;
      ruler.remove();
      return {
        backslashes: all(".katex-html").filter((f) => /\\/.test(f.textContent)).map(words),
        raw: all("article :is(p, li, td):not(:has(pre, code))")
          .filter((p) => /\\[([]/.test(p.textContent)).map(words),
        covered: all(".katex-html > .tag").filter(isSeen).filter((tag) =>
          [...tag.parentElement.querySelectorAll(":scope > .base")].some((base) =>
            tag.offsetParent !== null && style(tag).position === "absolute"
              && right(base) > left(tag) + 1)).map(words),
        focusable: all("mjx-container, .katex[tabindex], .katex :is([tabindex], a)").length,
        formulas: {
          written: all("span.math, div.math").length,
          set: all(".katex").length,
          failed: all(".katex-error").length,
        },
        letters: text ? text.getBoundingClientRect().width / letter : null,
        face: text ? style(text).fontFamily : null,
        loaded: [...document.fonts].filter((f) => f.status === "loaded")
          .map((f) => f.family),
        headings: ["h1", "h2", "h3"].map((h) => article.querySelector(h)).filter(Boolean)
          .map((h) => parseFloat(style(h).fontSize)),
        captions: [...new Set(all("article figcaption").map(style)
          .map((s) => `${s.fontSize} ${s.fontStyle} ${s.fontFamily}`))],
        unsized: all("article img:not([width][height])").length,
        pictures: all("img[src^='data:image/png']").length,
        wide: all("article pre").filter(isSeen)
          .filter((p) => p.scrollWidth > p.clientWidth + 1).map(words),
        beyond: all("article *").filter(isSeen)
          .filter((e) => !e.closest("table, .katex, svg, .nb-figure img, .nb-panels img, .nb-presets > *"))
          .filter((e) => right(e) > innerWidth + 1)
          .map(words),
        page: document.documentElement.scrollWidth - innerWidth,
        stuck: all(".nb-figure").filter((f) => f.scrollWidth > f.clientWidth + 1
          && f.tabIndex < 0).map(words),
        near: links(".near-pages a"),
        ends: links(".prev-next-area a"),
      };
    },

    // Each view of an explorer: where it starts, what it shows, and its size.
    views() {
      return all("figure.nb-explorer").map((figure) => {
        const canvas = figure.querySelector("canvas");
        const { width, height } = canvas.getBoundingClientRect();
        return {
          name: figure.dataset.explorer, wanted: JSON.parse(figure.dataset.settings),
          shown: JSON.parse(canvas.dataset.settings), width, height,
        };
      });
    },

    // Each view that has controls at the top of the screen, of a phone its picture: what
    // of it is seen.
    desks() {
      const header = document.querySelector(".bd-header-article")?.offsetHeight ?? 0;
      const found = all("figure.nb-explorer:has(.nb-control)").map((figure) => {
        const box = (part) => figure.querySelector(part).getBoundingClientRect();
        const isPhone = figure.querySelector(":scope > .nb-desk");
        scrollBy(0, (isPhone ? box(".nb-stage") : figure.getBoundingClientRect()).top - header);
        const stage = box(".nb-stage"), controls = box(".nb-controls");
        const desk = isPhone ? box(".nb-desk") : { left: 0, top: innerHeight };
        const isBeside = desk.left >= stage.right;
        const isIn = ({ top, bottom }) => top >= header && bottom <= innerHeight + 1;
        return {
          name: figure.dataset.explorer,
          isBeside,
          picture: Math.min(stage.bottom, isBeside ? innerHeight : desk.top)
            - Math.max(stage.top, header),
          whole: stage.height,
          hasSentence: isIn(box(".nb-sentence")),
          controls: [...figure.querySelectorAll(".nb-control")].map((row) =>
            row.getBoundingClientRect()).filter((row) => isIn(row)
              && row.top >= controls.top - 1 && row.bottom <= controls.bottom + 1).length,
          all: figure.querySelectorAll(".nb-control").length,
        };
      });
      scrollTo(0, 0);
      return found;
    },

    // Text that stands out too little from what is behind it (WCAG 2, level AA).
    pale() {
      const grounds = new Map(), known = new Map();
      const numbers = (colour) => {
        if (!known.has(colour)) {
          const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
          const isShare = colour.startsWith("color(");
          known.set(colour, [...[r, g, b].map((c) => (isShare ? 255 * c : c)), a]);
        }
        return known.get(colour);
      };
      const over = ([r, g, b, a], [x, y, z]) =>
        [a * r + (1 - a) * x, a * g + (1 - a) * y, a * b + (1 - a) * z];
      const ground = (element) => {
        if (!element) return [255, 255, 255];
        if (!grounds.has(element)) {
          const own = numbers(style(element).backgroundColor);
          grounds.set(element, own[3] ? over(own, ground(element.parentElement))
            : ground(element.parentElement));
        }
        return grounds.get(element);
      };
      const light = (rgb) => {
        const [r, g, b] = rgb.map((c) => c / 255)
          .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const contrast = (a, b) => {
        const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
        return (high + 0.05) / (low + 0.05);
      };
      const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const checked = new Set();
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (checked.has(element) || !walker.currentNode.data.trim()) continue;
        checked.add(element);
        if (element.closest(SKIPPED)) continue;
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const { color, fontSize, fontWeight } = style(element);
        const size = parseFloat(fontSize);
        const wanted = size >= 24 || (size >= 18.66 && fontWeight >= 700) ? 3 : 4.5;
        const behind = ground(element);
        const got = contrast(over(numbers(color), behind), behind);
        if (got < wanted) {
          found.push(`${element.outerHTML.slice(0, 90)}: ${color} on ${behind}, ${got.toFixed(2)}`);
        }
      }
      return found;
    },

    // The room of each view, and whether it plays in it already.
    rooms: () => all("figure.nb-explorer").map((figure) => [
      figure.querySelector("canvas") ? "played" : "held",
      figure.getBoundingClientRect().height,
    ]),

    // Drawings that stay light on a dark page.
    light: () => all(".nb-drawing img")
      .filter((image) => !style(image).filter.includes("invert")).length,

    // What paper cuts off, what it keeps folded, and what code it keeps on a single sheet.
    cut: () => all("article :is(pre, canvas, img, .math)").filter(isSeen)
      .filter((e) => e.scrollWidth > e.clientWidth + 1 || right(e) > innerWidth + 1)
      .map((e) => e.outerHTML.slice(0, 80)),
    folded: () => all("article details > :not(summary)")
      .filter((e) => !e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80)),
    kept: () => all("article pre").flatMap((pre) => {
      const around = [pre];
      while (!around[0].matches(".cell, article")) around.unshift(around[0].parentElement);
      return around.filter((e) => style(e).breakInside !== "auto").map((e) => e.className);
    }),

    // Scroll through the whole page, so that everything that waits for this is loaded.
    async walk() {
      for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
        scrollTo(0, y);
        await new Promise(requestAnimationFrame);
      }
      const isLate = (element) => (element.matches("img") ? !element.complete
        : !element.querySelector("canvas"));
      for (const element of all("article img, figure.nb-explorer")) {
        for (let n = 0; n < 60 && element.checkVisibility() && isLate(element); n++) { // a busy machine is late
          if (!n) element.scrollIntoView({ block: "center" });
          await new Promise(requestAnimationFrame);
        }
      }
      scrollTo(0, 0);
    },

    // Move each control of each view of an explorer to its ends; tell what is seen.
    async move(name) {
      const seen = [];
      for (const [view, figure] of all(`.nb-explorer[data-explorer="${name}"]`).entries()) {
        const canvas = figure.querySelector("canvas");
        for (const row of figure.querySelectorAll(".nb-control")) {
          const field = row.querySelector("input, select");
          const last = field.options?.length - 1 || Number(field.max);
          for (const end of last ? [-1, 0, -1] : []) {
            const frame = Number(canvas.dataset.frame), before = canvas.dataset.settings;
            field.value = end ? last : 0;
            field.dispatchEvent(new Event("input", { bubbles: true }));
            do await new Promise(requestAnimationFrame);
            while (figure.dataset.state === "asked");
            await new Promise(requestAnimationFrame); // it is painted with the next frame
            seen.push({
              view, end, label: row.querySelector("label").textContent,
              before: JSON.parse(before), settings: JSON.parse(canvas.dataset.settings),
              isPainted: Number(canvas.dataset.frame) > frame,
            });
          }
        }
      }
      return seen;
    },
  };

  window.nbShift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) window.nbShift += entry.value;
  })).observe({ type: "layout-shift", buffered: true });
})();
