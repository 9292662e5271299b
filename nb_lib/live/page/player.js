// Plays the recordings of the explorers on a page: no kernel, no server, no network.
// paint.js and buttons.js are loaded before it; recording.py writes what it plays.

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
    const shown = head.states.map(([place, still, n]) =>
      ({ place, still: stills[still], moving: list(n) }));
    const sentences = JSON.parse(new TextDecoder().decode(bytes.subarray(at)));
    const states = new Map(shown.map((state, i) =>
      [state.place.join(), { ...state, sentence: sentences[i] }]));
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
    // One view of an explorer. `place` says on which recorded stop each control rests,
    // `wanted` where the reader put it: the two differ where a recording has gaps.
    constructor(figure, name, recording) {
      Object.assign(this, { figure, name, recording });
      const { settings, only, presets } = figure.dataset;
      const names = recording.controls.map((control) => control.name);
      this.only = only === undefined ? names : only.split(" ").filter(Boolean);
      this.presets = Object.entries(JSON.parse(presets ?? "{}"));
      this.start = JSON.parse(settings);
      this.isHidden = names.map((n) => !this.only.includes(n));
      this.build();
      this.choose(this.start);
      this.readFragment();
      window.addEventListener("hashchange", () => this.readFragment());
      clearTimeout(this.quiet); // nothing has moved yet: say it at once, and once
      this.line.textContent = this.state.sentence;
    }

    build() {
      const { id, controls, title, screen, states } = this.recording;
      this.inputs = controls.map((control, i) => this.input(control, i));
      const canvas = element("canvas", { role: "img" });
      this.line = element("p", { className: "nb-sentence", live: "polite" });
      this.note = element("p", { className: "nb-note", role: "status" });
      const badge = element("span", { className: "nb-explorer-badge", textContent: "recorded" });
      const how = element("span", { className: "nb-how" },
        `${states.size} settings are recorded. For all others open the notebook with `,
        element("code", { textContent: "make lab" }), ".");
      this.buttons = new NbPresets(this.presets, (label, settings) => this.press(settings));
      this.pin = new NbPin(() => this.screen, screen.panels, (settings) => this.words(settings));
      const reset = nbButton("Reset", "nb-reset", () => this.press(this.start));
      const copy = new NbCopy(() =>
        nbCode({ explorer: id, only: this.only, controls }, this.settings()));
      this.figure.replaceChildren(
        element("div", { className: "nb-controls", role: "group", label: `${title}: controls` },
          ...this.inputs.filter((_, k) => !this.isHidden[k]).map((input) => input.row)),
        this.buttons.row, element("div", { className: "nb-stage" }, canvas), this.line, this.note,
        element("div", { className: "nb-foot" }, badge, reset, copy.button, this.pin.button,
          how, copy.label, copy.field, this.pin.label));
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
      const missed = element("span", { className: "nb-wanted" });
      field.addEventListener("input", () => {
        this.wanted = this.wanted.with(i, Number(field.value));
        this.go(i);
      });
      field.addEventListener("change", () => this.writeFragment());
      const set = (stop, wanted) => {
        field.value = stop;
        missed.textContent = stop === wanted ? "" : `wanted: ${control.texts[wanted]}`;
        if (!isRange) return;
        value.textContent = control.texts[stop];
        field.setAttribute("aria-valuetext", control.texts[stop]);
      };
      const row = element("div", { className: "nb-control" }, label, field);
      if (isRange) row.append(value);
      row.append(missed);
      return { set, row };
    }

    press(settings) {
      this.choose(settings);
      this.writeFragment();
    }

    choose(settings) {
      // Set every control, also those that this view hides.
      this.wanted = this.recording.controls.map((c) => nearestStop(c, settings[c.name]));
      this.place = this.wanted;
      this.go();
    }

    go(kept) {
      // Show what is wanted, or the nearest that was recorded. Control `kept` stays if
      // it can; hidden controls stay where they are.
      const { controls, states } = this.recording;
      const all = [...states.values()], { wanted } = this;
      const own = all.filter(({ place }) =>
        place.every((stop, k) => !this.isHidden[k] || stop === wanted[k]));
      const with_ = own.filter(({ place }) => place[kept] === wanted[kept]);
      const near = states.get(wanted.join())
        ?? this.nearest([with_, own, all].find((some) => some.length));
      this.place = near.place;
      const gaps = controls.map((_, k) => k).filter((k) => near.place[k] !== wanted[k]);
      this.note.textContent = this.gapsInWords(gaps);
      this.show();
    }

    nearest(states) {
      const far = states.map(({ place }) => this.distance(place, this.wanted));
      return states[far.indexOf(Math.min(...far))];
    }

    gapsInWords(gaps) {
      if (!gaps.length) return "";
      const { controls } = this.recording;
      const list = gaps.map((k) => `${controls[k].label} ${controls[k].texts[this.place[k]]} `
        + `instead of ${controls[k].texts[this.wanted[k]]}`);
      return `These settings are not recorded together, so you see ${list.join(" and ")}. `
        + "What you wanted comes back as soon as another setting allows it.";
    }

    distance(a, b) {
      return this.recording.controls.reduce((sum, control, k) => sum + (a[k] === b[k] ? 0
        : control.kind === "Choice" ? 1
          : Math.abs(a[k] - b[k]) / (control.stops.length - 1)), 0);
    }

    show() {
      const { state } = this;
      this.inputs.forEach((input, k) => input.set(this.place[k], this.wanted[k]));
      this.buttons.mark(this.settings());
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
      // Go where the address leads; say in a sentence what of it cannot be followed.
      const { name, query } = fragmentOf(location);
      if (name !== this.name || !query) return;
      const { controls } = this.recording;
      const asked = [...new URLSearchParams(query)];
      const refused = asked.filter(([key]) => !controls.some((c) => c.name === key))
        .map(([key]) => `“${key}”, which is no setting of this picture`);
      const stops = controls.map((control, k) => {
        const text = asked.find(([key]) => key === control.name)?.[1];
        const { stop, isExact } = stopOf(control, text, this.place[k]);
        if (!isExact) refused.push(`${control.label} ${text}, which is not recorded`);
        return stop;
      });
      this.wanted = this.mayHide(stops) ? stops
        : stops.map((stop, k) => (this.isHidden[k] ? this.place[k] : stop));
      controls.forEach((control, k) => {
        if (this.wanted[k] !== stops[k]) {
          refused.push(`${control.label} ${control.texts[stops[k]]}, which this view keeps `
            + `at ${control.texts[this.place[k]]}`);
        }
      });
      this.go();
      if (refused.length) {
        this.note.prepend(`The link asks for ${refused.join("; and for ")}. `);
      }
    }

    mayHide(stops) {
      // Hidden controls rest where the view began, or where one of its buttons sets them.
      const { controls } = this.recording;
      return [this.start, ...this.presets.map(([, settings]) => settings)].some((settings) =>
        controls.every((c, k) => !this.isHidden[k] || c.stops[stops[k]] === settings[c.name]));
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

  function stopOf(control, text, otherwise) {
    // Find the stop that a text of the address means: 3.0 is 3, and of a number that
    // was not recorded the nearest. Without a text it is the stop given.
    if (text === undefined) return { stop: otherwise, isExact: true };
    const exact = control.stops.findIndex((stop) => String(stop) === text
      || (typeof stop === "number" && text && Number(text) === stop));
    if (exact >= 0) return { stop: exact, isExact: true };
    const isNumber = typeof control.stops[0] === "number" && text && isFinite(text);
    return { stop: isNumber ? nearestStop(control, Number(text)) : otherwise, isExact: false };
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
