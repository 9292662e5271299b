// Plays the recordings of the explorers on a page: no kernel, no server, no network.
// paint.js is loaded before it and draws; recorder.py writes what it plays.

(() => {
  const here = new URL(".", document.currentScript.src);
  const loads = {};

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
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  }

  class Player {
    constructor(figure, recording) {
      Object.assign(this, { figure, recording, id: figure.dataset.explorer });
      const start = JSON.parse(figure.dataset.settings);
      this.place = recording.controls.map((c) => nearestStop(c, start[c.name]));
      this.build();
      this.readFragment();
      window.addEventListener("hashchange", () => this.readFragment());
      this.show();
      this.line.textContent = this.state.sentence;
    }

    build() {
      const { controls, title, screen, states } = this.recording;
      this.inputs = controls.map((control, i) => this.input(control, i));
      const canvas = element("canvas");
      canvas.setAttribute("role", "img");
      this.line = element("p", { className: "nb-sentence" });
      this.line.setAttribute("aria-live", "polite");
      this.note = element("p", { className: "nb-note" });
      this.note.setAttribute("role", "status");
      const badge = element("span", { className: "nb-explorer-badge", textContent: "recorded" });
      const how = element("span", { className: "nb-how", textContent:
        `${states.size} settings recorded. For every other one, run this page as a notebook: make lab.` });
      this.pin = new NbPin(() => this.screen, (settings) => this.name(settings));
      const stage = element("div", { className: "nb-stage" }, canvas);
      const form = element("div", { className: "nb-controls" },
        ...this.inputs.map((input) => input.row));
      form.setAttribute("role", "group");
      form.setAttribute("aria-label", `${title}: controls`);
      this.figure.replaceChildren(form, stage, this.line, this.note,
        element("div", { className: "nb-foot" }, badge, how, this.pin.button, this.pin.label));
      this.screen = new NbScreen(canvas, screen);
    }

    input(control, i) {
      const id = `nb-${this.id}-${control.name}`;
      const isChoice = ["Choice", "Toggle"].includes(control.kind);
      const field = isChoice
        ? element("select", { id }, ...control.texts.map((text, k) =>
          element("option", { value: k, textContent: text })))
        : element("input", { id, type: "range", min: 0, max: control.stops.length - 1, step: 1 });
      const value = element("output", { htmlFor: id });
      const label = element("label", { htmlFor: id, textContent: control.label });
      field.addEventListener("input", () => this.move(i, Number(field.value)));
      field.addEventListener("change", () => this.settle());
      const set = (stop) => {
        field.value = stop;
        if (isChoice) return;
        value.textContent = control.texts[stop];
        field.setAttribute("aria-valuetext", control.texts[stop]);
      };
      const row = element("div", { className: "nb-control" }, label, field);
      if (!isChoice) row.append(value);
      return { set, row };
    }

    move(i, stop) {
      // Keep what was moved; where nothing is recorded, the others go to the nearest.
      const wanted = this.place.with(i, stop);
      const { controls, states } = this.recording;
      if (states.has(wanted.join())) {
        this.place = wanted;
        this.note.textContent = "";
      } else {
        const near = [...states.values()].filter((s) => s.place[i] === stop)
          .sort((a, b) => this.distance(a.place, wanted) - this.distance(b.place, wanted))[0];
        const back = controls.filter((c, k) => near.place[k] !== wanted[k])
          .map((c) => `${c.label} to ${c.texts[near.place[controls.indexOf(c)]]}`);
        this.place = near.place;
        this.note.textContent = `Not recorded together: ${back.join(", ")}.`;
      }
      this.show();
    }

    distance(a, b) {
      return this.recording.controls.reduce((sum, control, k) => sum + (a[k] === b[k] ? 0
        : control.kind === "Choice" ? 1
          : Math.abs(a[k] - b[k]) / (control.stops.length - 1)), 0);
    }

    show() {
      const state = this.state;
      this.inputs.forEach((input, k) => input.set(this.place[k]));
      this.screen.set(state.still(), state.moving(), this.settings());
      this.screen.canvas.setAttribute("aria-label", `${this.recording.title}. ${state.sentence}`);
      clearTimeout(this.quiet); // a screen reader hears where a movement ends
      this.quiet = setTimeout(() => { this.line.textContent = state.sentence; }, 250);
    }

    settle() {
      const fragment = new URLSearchParams(this.settings());
      history.replaceState(null, "", `#${this.id}?${fragment}`);
    }

    readFragment() {
      const [id, query] = decodeURI(location.hash.slice(1)).split("?");
      if (id !== this.id || !query) return;
      const wanted = new URLSearchParams(query);
      this.recording.controls.forEach((control, k) => {
        const stop = control.stops.findIndex((s) => String(s) === wanted.get(control.name));
        if (stop >= 0 && stop !== this.place[k]) this.move(k, stop);
      });
    }

    settings() {
      return Object.fromEntries(this.recording.controls.map((c, k) => [c.name, c.stops[this.place[k]]]));
    }

    name(settings) {
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

  function start() {
    const near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        load(target.dataset.explorer).then((recording) => new Player(target, recording))
          .catch((error) => target.append(element("p", { className: "nb-note",
            textContent: `The still picture stays: ${error.message}.` })));
      }
    }, { rootMargin: "600px" });
    document.querySelectorAll("figure.nb-explorer[data-explorer]").forEach((f) => near.observe(f));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
