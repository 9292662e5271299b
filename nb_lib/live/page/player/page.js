// Frames that the page computes itself: in a worker of its own, or, where there is none,
// in slices on the page's own thread.

const PATIENCE = 10_000; // milliseconds in which a worker has to start
const SILENCE = 1000; // milliseconds after which one that does not answer is replaced
const programs = {};

// WebAssembly is only tried where no policy can forbid it, because browsers report what they
// refuse: a page that is opened from a folder has no policy but the one in its head.
const mayAssemble = location.protocol === "file:"
  && !document.querySelector('meta[http-equiv="Content-Security-Policy" i]');

function programOf(id) {
  programs[id] ??= Promise.all([
    load("runtime.js", "the page's arithmetic"), load(`programs/${id}.js`, "the program"),
  ]).then(async () => {
    const [head, text] = window.nbPrograms[id];
    const [runtime, own] = await Promise.all([words(window.nbRuntime), words(text)]);
    const given = `globalThis.nbMayAssemble = ${mayAssemble};\n`;
    return { ...head, text: `${given}(() => {\n${runtime}\n${own}\n})();\n` };
  });
  return programs[id];
}

function workerOf(id, { text }, hear, fail) {
  const speak = `const hear = (${turns})(globalThis.nbEngines[${JSON.stringify(id)}], `
    + "(message) => postMessage(message));\n"
    + "onmessage = ({ data }) => hear(data);\npostMessage({ isReady: true });";
  const address = URL.createObjectURL(new Blob([text, speak], { type: "text/javascript" }));
  const worker = new Worker(address);
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message || "it stopped");
  };
  return { post: (message) => worker.postMessage(message),
    close() { worker.terminate(); URL.revokeObjectURL(address); } };
}

function slicesOf(id, { text }, hear) {
  if (!window.nbEngines?.[id]) {
    const script = document.createElement("script");
    script.textContent = text;
    document.head.append(script);
  }
  let isOpen = true;
  const engine = window.nbEngines?.[id];
  if (!engine) throw new Error("its program does not start");
  const take = turns(engine, (message) => { if (isOpen) hear(structuredClone(message)); });
  return { post: take, close() { isOpen = false; take({ pause: true }); } };
}

class PageSource {
  // The newest settings win. A frame of older ones that was under way when they were left
  // is passed on as `isPassing`: a drag whose moves come faster than frames shows these.
  // `onfail(words)` is called when nothing can be computed here any more. It may be opened
  // before there is a view to tell: that finds in `trouble` why it could not start.
  constructor(id) {
    Object.assign(this, { id, isReady: false, newest: 0 });
    this.badge = "live in this page";
    this.hasWorkers = typeof Worker === "function";
  }

  stopsOf(control) {
    return control.stops.map((_, k) => k);
  }

  has() {
    return true;
  }

  async open() {
    // Start what computes, unless it runs already; what was asked last is asked again.
    if (this.opening || this.trouble) return;
    const opening = this.opening = {};
    try {
      const program = await programOf(this.id);
      if (this.opening === opening) this.begin(program);
    } catch (error) {
      if (this.opening === opening) this.lose(error.message);
    }
  }

  begin(program) {
    const hear = (message) => this.hear(message);
    if (!this.hasWorkers) {
      this.port = slicesOf(this.id, program, hear);
      this.hear({ isReady: true });
      return;
    }
    this.port = workerOf(this.id, program, hear, (words) => this.lose(words));
    this.wait(PATIENCE, () => this.lose("it does not start"));
  }

  close() {
    // A run that has not ended goes on from its step when it is opened again.
    clearTimeout(this.silence);
    this.port?.close();
    this.port = this.opening = undefined;
    this.isReady = false;
    if (this.asked) this.asked.from = this.frame.step ?? 0;
  }

  lose(words) {
    // A worker that never spoke may not be allowed here: the page's own thread is.
    const mayTry = this.hasWorkers && !this.hasSpoken;
    this.close();
    this.hasWorkers = false;
    if (mayTry) return void this.open();
    this.trouble = words;
    this.onfail?.(words);
  }

  wait(ms, act) {
    clearTimeout(this.silence);
    this.silence = setTimeout(act, ms);
  }

  ask(settings, pace) {
    this.newest += 1;
    this.asked = { ask: this.newest, settings, pace: Math.ceil(pace), from: 0 };
    this.pace = pace;
    this.frame = { settings };
    if (this.isReady) this.send();
    else this.open();
  }

  send() {
    // A run that does not yield hears nothing: after a second another worker takes over.
    this.port.post(this.asked);
    if (!this.hasWorkers) return;
    this.wait(SILENCE, () => { this.close(); this.open(); });
  }

  drop() {
    // What was asked is not wanted any more, and no frame of it is passed on.
    this.newest += 1;
    this.asked = undefined;
    if (this.isReady) clearTimeout(this.silence);
    this.pause();
  }

  play(pace) {
    this.pace = pace;
    if (this.asked) this.asked.pace = Math.ceil(pace);
    this.port?.post({ play: Math.ceil(pace) });
  }

  pause() {
    if (this.asked) this.asked.pace = 0;
    this.port?.post({ pause: true });
  }

  step() {
    this.port?.post({ step: true });
  }

  hear(message) {
    if (message.isReady) {
      clearTimeout(this.silence);
      this.isReady = this.hasSpoken = true;
      if (this.asked) this.send();
      return;
    }
    this.still = message.still ?? this.still; // the worker counts on its being known
    if (message.id !== this.newest) {
      if (message.moving && this.asked) this.onframe({ ...message, still: this.still, isPassing: true });
      return;
    }
    clearTimeout(this.silence);
    if (message.begun) return;
    if (message.isFault) { this.hasWorkers = false; this.lose(message.error); return; }
    if (message.isLast || message.error) this.asked = undefined;
    this.frame = { ...this.frame, ...message, still: this.still,
      moving: message.moving ?? this.frame.moving };
    this.onframe(this.frame);
    if (!message.isLast) this.pay(message.id, Math.round(1 / this.pace));
  }

  pay(id, frames) {
    // The next frame may be built while this one waits for the display, but not the one
    // after it. At a slow pace a frame stays for several display frames.
    if (frames > 1) requestAnimationFrame(() => this.pay(id, frames - 1));
    else if (this.isAhead) this.owed = id;
    else this.credit(id);
  }

  credit(id) {
    this.port?.post({ credit: id });
    this.isAhead = true;
    requestAnimationFrame(() => {
      this.isAhead = false;
      if (this.owed) this.credit(this.owed);
      this.owed = undefined;
    });
  }
}
