// Plays the recordings of the explorers on a page: no kernel, no server, no network.
// paint.js is loaded before it and draws; recording.py writes what it plays.

(() => {
  const here = new URL(".", document.currentScript.src);
  const loads = {};
  const QUIET = 250; // milliseconds after which a movement has ended

  function load(id) {
    // A classic script, because a page opened from a folder may not fetch.
    loads[id] ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`recordings/${id}.js`, here);
      script.onload = () => unpack(...window.nbRecordings[id]).then(resolve, reject);
      script.onerror = () => reject(new Error(`the recording ${id}.js is missing`));
      document.head.append(script);
    });
    return loads[id];
  }

  async function unpack(head, text) {
    const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    let at = 0;
    const list = (n) => {
      const from = at;
      at += 2 * n;
      return () => { // differences two words back, low bytes before high bytes
        const words = new Int16Array(n);
        for (let i = 0; i < n; i++) {
          const step = bytes[from + i] | (bytes[from + n + i] << 8);
          words[i] = step + (i > 1 ? words[i - 2] : 0);
        }
        return words;
      };
    };
    const stills = head.stills.map(list);
    const states = new Map(head.states.map(([place, still, n, sentence]) =>
      [place.join(), { place, still: stills[still], moving: list(n), sentence }]));
    return { ...head, states };
  }

  function element(tag, props = {}, ...children) {
    const { role, label, live, ...plain } = props;
    const node = Object.assign(document.createElement(tag), plain);
    if (role) node.setAttribute("role", role);
    if (label) node.setAttribute("aria-label", label);
    if (live) node.setAttribute("aria-live", live);
    node.append(...children);
    return node;
  }

  class Player {
    // One explorer on the page. `place` says on which stop each control rests.
    constructor(figure, name, recording) {
      Object.assign(this, { figure, name, recording });
      const start = JSON.parse(figure.dataset.settings);
      this.build();
      this.go(recording.controls.map((control) => nearestStop(control, start[control.name])));
      this.readFragment();
      window.addEventListener("hashchange", () => this.readFragment());
      this.line.textContent = this.state.sentence;
    }

    build() {
      const { controls, title, screen, states } = this.recording;
      this.inputs = controls.map((control, i) => this.input(control, i));
      const canvas = element("canvas", { role: "img" });
      this.line = element("p", { className: "nb-sentence", live: "polite" });
      this.note = element("p", { className: "nb-note", role: "status" });
      const badge = element("span", { className: "nb-explorer-badge", textContent: "recorded" });
      const how = element("span", { className: "nb-how" },
        `${states.size} settings are recorded. For all others open the notebook with `,
        element("code", { textContent: "make lab" }), ".");
      this.pin = new NbPin(() => this.screen, (settings) => this.words(settings));
      this.figure.replaceChildren(
        element("div", { className: "nb-controls", role: "group", label: `${title}: controls` },
          ...this.inputs.map((input) => input.row)),
        element("div", { className: "nb-stage" }, canvas), this.line, this.note,
        element("div", { className: "nb-foot" }, badge, how, this.pin.button, this.pin.label));
      this.screen = new NbScreen(canvas, screen);
    }

    input(control, i) {
      const id = `nb-${this.name}-${control.name}`;
      const isRange = !["Choice", "Toggle"].includes(control.kind);
      const field = isRange
        ? element("input", { id, type: "range", min: 0, max: control.stops.length - 1, step: 1 })
        : element("select", { id }, ...control.texts.map((text, k) =>
          element("option", { value: k, textContent: text })));
      const value = element("output", { htmlFor: id });
      const label = element("label", { htmlFor: id, textContent: control.label });
      field.addEventListener("input", () => this.go(this.place.with(i, Number(field.value)), i));
      field.addEventListener("change", () => this.writeFragment());
      const set = (stop) => {
        field.value = stop;
        if (!isRange) return;
        value.textContent = control.texts[stop];
        field.setAttribute("aria-valuetext", control.texts[stop]);
      };
      const row = element("div", { className: "nb-control" }, label, field);
      if (isRange) row.append(value);
      return { set, row };
    }

    go(wanted, kept) {
      // Show what was recorded at this place, or else the nearest; control `kept` stays.
      const { controls, states } = this.recording;
      const near = states.get(wanted.join()) ?? [...states.values()]
        .filter((state) => kept === undefined || state.place[kept] === wanted[kept])
        .map((state) => [this.distance(state.place, wanted), state])
        .sort(([a], [b]) => a - b)[0][1];
      this.place = near.place;
      const moved = controls.filter((_, k) => near.place[k] !== wanted[k])
        .map((control) => `${control.label} ${control.texts[near.place[controls.indexOf(control)]]}`);
      this.note.textContent = moved.length
        ? `These settings are not recorded together. The nearest: ${moved.join(", ")}.` : "";
      this.show();
    }

    distance(a, b) {
      return this.recording.controls.reduce((sum, control, k) => sum + (a[k] === b[k] ? 0
        : control.kind === "Choice" ? 1
          : Math.abs(a[k] - b[k]) / (control.stops.length - 1)), 0);
    }

    show() {
      const { state } = this;
      this.inputs.forEach((input, k) => input.set(this.place[k]));
      this.screen.set(state.still(), state.moving(), this.settings());
      this.screen.canvas.setAttribute("aria-label", `${this.recording.title}. ${state.sentence}`);
      clearTimeout(this.quiet); // a screen reader hears where a movement ends
      this.quiet = setTimeout(() => { this.line.textContent = state.sentence; }, QUIET);
    }

    writeFragment() {
      const fragment = new URLSearchParams(this.settings());
      history.replaceState(null, "", `#${this.name}?${fragment}`);
    }

    readFragment() {
      const { name, query } = fragmentOf(location);
      if (name !== this.name || !query) return;
      const wanted = new URLSearchParams(query);
      this.go(this.recording.controls.map((control, k) => {
        const text = wanted.get(control.name); // 3.0 means 3
        const stop = control.stops.findIndex((s) => String(s) === text
          || (typeof s === "number" && text && Number(text) === s));
        return stop < 0 ? this.place[k] : stop;
      }));
    }

    settings() {
      return Object.fromEntries(
        this.recording.controls.map((c, k) => [c.name, c.stops[this.place[k]]]));
    }

    words(settings) {
      return this.recording.controls.map((c) =>
        [c.label, c.texts[c.stops.indexOf(settings[c.name])]]);
    }

    get state() {
      return this.recording.states.get(this.place.join());
    }
  }

  function nearestStop(control, value) {
    const exact = control.stops.indexOf(value);
    if (exact >= 0 || typeof value !== "number") return Math.max(exact, 0);
    const far = control.stops.map((stop) => Math.abs(stop - value));
    return far.indexOf(Math.min(...far));
  }

  function fragmentOf({ hash }) {
    const [, name, query] = hash.match(/^#([^?]*)\??(.*)$/) ?? [];
    return { name, query };
  }

  function start() {
    const figures = [...document.querySelectorAll("figure.nb-explorer[data-explorer]")];
    const names = new Map();
    for (const figure of figures) { // the second of one kind on a page is sixty_lines-2
      const { explorer } = figure.dataset;
      const count = figures.slice(0, figures.indexOf(figure))
        .filter((f) => f.dataset.explorer === explorer).length;
      names.set(figure, count ? `${explorer}-${count + 1}` : explorer);
    }
    const near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        load(target.dataset.explorer)
          .then((recording) => new Player(target, names.get(target), recording))
          .catch((error) => target.append(element("p", { className: "nb-note",
            textContent: `The still picture stays: ${error.message}.` })));
      }
    }, { rootMargin: "600px" });
    const linked = figures.find((figure) => names.get(figure) === fragmentOf(location).name);
    linked?.scrollIntoView({ block: "center" });
    figures.forEach((figure) => near.observe(figure));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
