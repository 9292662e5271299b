// One view of an explorer on a page: its controls, its buttons, its words.

const QUIET = 250; // milliseconds after which a movement has ended

class View {
  // `wanted` says where the reader put each control, `settings` where it rests: the two
  // differ where a recording has gaps. The page computes where it has a program, else it
  // shows what is recorded; so it does where the recording is fuller than its frames.
  constructor(figure, name, recording, source) {
    Object.assign(this, { figure, name, recording });
    const { settings, only, presets, program, steps } = figure.dataset;
    this.names = recording.controls.map((control) => control.name);
    this.only = only === undefined ? this.names : only.split(" ").filter(Boolean);
    this.hidden = this.names.filter((n) => !this.only.includes(n));
    this.presets = Object.entries(JSON.parse(presets ?? "{}"));
    this.start = JSON.parse(settings);
    this.recorded = new RecordingSource(recording, (frame) => this.show(frame));
    this.source = source ? Object.assign(source, { onframe: (frame) => this.take(frame),
      onfail: (words) => this.fallBack(words) }) : this.recorded;
    this.build(program === "stream", steps !== undefined);
    this.address = new Address(this);
    this.offer();
    this.choose(this.start, true);
    this.address.follow();
    window.addEventListener("hashchange", () => this.address.follow());
    window.addEventListener("resize", () => this.screen.request()); // it may be less high
    if (this.frame.isLast) { // nothing has moved yet: say it at once, and once
      clearTimeout(this.quiet);
      this.desk.tell(this.frame.sentence);
    }
    if (source?.trouble) this.fallBack(source.trouble); // before it was here
  }

  build(isStream, hasSteps) {
    const { id, controls, title, screen, states } = this.recording;
    this.fields = controls.filter(({ grips }) => !grips).map((control) =>
      new Field(`nb-${this.name}-${control.name}`, control,
        (value) => this.move(control.name, value), () => this.address.write()));
    const canvas = element("canvas", { role: "img" });
    this.line = element("p", { className: "nb-sentence", live: "polite" });
    this.note = element("p", { className: "nb-note", role: "status" });
    this.badge = element("span", { className: "nb-explorer-badge" });
    this.how = element("span", { className: "nb-how" },
      states.size === 1 ? "Only this setting is recorded. " : `${states.size} settings are recorded. `,
      "For all others open the notebook with ",
      element("code", { textContent: "make lab" }), ".");
    this.buttons = new NbPresets(this.presets, (label, settings) => this.press(settings));
    const reset = nbButton("Reset", "nb-reset", () => { this.pin.drop(); this.press(this.start); });
    const copy = new NbCopy(() =>
      nbCode({ explorer: id, only: this.only, controls }, this.settings));
    this.stage = element("div", { className: "nb-stage" }, canvas);
    this.play = !isStream ? undefined : new NbPlay(this.figure, {
      again: (pace) => this.ask(pace),
      play: (pace) => this.source.play(pace),
      pause: () => this.source.pause(),
      step: () => this.source.step(),
    }, (frame) => this.show(frame), hasSteps);
    this.screen = new NbScreen(canvas, screen);
    this.pin = new NbPin(this.screen, (settings) => this.words(settings));
    this.grips = controls.filter(({ name, grips }) => grips && this.only.includes(name))
      .map((control) => nbGrips(this.screen, control, (rows) => this.grab(control, rows)));
    const rows = element("div",
      { className: "nb-controls", role: "group", label: `${title}: controls` },
      ...this.fields.filter(({ control }) => this.only.includes(control.name)).map((f) => f.row));
    const foot = element("div", { className: "nb-foot" }, this.badge, reset, copy.button,
      this.pin.button, this.how, copy.label, copy.field, this.pin.label);
    this.desk = new Desk(this.figure, {
      moves: [rows, this.buttons.row, ...(this.play ? [this.play.row] : [])],
      over: this.grips.map(({ row }) => row),
      stage: this.stage, line: this.line, note: this.note, foot,
    });
  }

  offer() {
    // Let the controls rest on what the source can show, and say which source it is.
    this.fields.forEach((field) => field.offer(this.source.stopsOf(field.control)));
    this.how.hidden = this.source !== this.recorded;
    for (const grip of this.grips) grip.enable(this.source !== this.recorded);
  }

  press(settings) {
    this.choose(settings);
    this.address.write();
  }

  grab({ name }, rows) {
    this.move(name, rows);
    this.address.write();
  }

  move(name, value) {
    this.wanted = { ...this.wanted, [name]: value };
    this.go(name);
  }

  choose(settings, isStart) {
    // Set every control, also those that this view hides.
    this.grips.forEach((grip) => grip.forget());
    this.wanted = Object.fromEntries(this.recording.controls.map(({ name, stops, grips }) =>
      [name, grips ? settings[name] ?? [] : nearestStop(stops, settings[name])]));
    this.go(undefined, isStart);
  }

  go(kept, isStart) {
    // Show what is wanted, or the nearest that was recorded.
    const { source, recorded, wanted } = this;
    this.settings = source.has(wanted) ? wanted : recorded.nearest(wanted, kept, this.hidden);
    this.desk.remark(this.gapsInWords());
    this.fields.forEach((field) =>
      field.set(this.settings[field.control.name], wanted[field.control.name]));
    this.buttons.mark(this.settings);
    const full = this.fuller(wanted);
    if (!full && (!this.frame || (!source.isReady && recorded.has(wanted)))) {
      recorded.ask(recorded.has(wanted) ? wanted : recorded.nearest(wanted, kept, []));
    }
    if (full) this.rest(full);
    else if (source === recorded) recorded.ask(this.settings);
    else if (!isStart || !recorded.has(wanted) || this.grips.some((grip) => !grip.isDrop)) {
      this.play?.begin();
      this.ask(Infinity);
    }
  }

  fuller(settings) {
    // What was recorded of settings of which the page computes only a part.
    const { source, recorded, recording } = this;
    return source !== recorded && recording.isFuller && recorded.has(settings)
      ? { ...recorded.frame(settings), badge: recorded.badge } : undefined;
  }

  rest(frame) {
    // Show a frame that was recorded, in place of a run.
    this.source.drop();
    this.play?.rest();
    this.mark(frame);
    this.show(frame);
  }

  ask(pace) {
    this.figure.dataset.state = "asked"; // until the last frame has come
    this.source.ask(this.settings, pace);
  }

  gapsInWords() {
    const { settings, wanted } = this;
    const gaps = this.recording.controls
      .filter(({ name }) => !nbEqual(settings[name], wanted[name]));
    if (!gaps.length) return "";
    const list = gaps.map((control) => `${control.label} ${textOf(control, settings[control.name])} `
      + `instead of ${textOf(control, wanted[control.name])}`);
    return `These settings are not recorded together, so you see ${list.join(" and ")}. `
      + "What you wanted comes back as soon as another setting allows it.";
  }

  fallBack(words) {
    // Nothing is computed here any more: replay what was recorded.
    this.source = this.recorded;
    this.figure.dataset.state = "done";
    this.play?.close();
    this.offer();
    this.go();
    this.desk.remark(`This page cannot compute any more (${words}), so it shows recorded `
      + `settings. ${this.note.textContent}`);
  }

  take(frame) {
    // What the page computed: a frame, or in words why there is none.
    if (frame.isPassing) {
      if (!this.play?.isReduced.matches) this.show({ ...frame, isLast: false });
      return;
    }
    this.mark(frame);
    const whole = { ...frame, ...(frame.isLast && this.fuller(frame.settings)) };
    if (frame.error) {
      this.play?.turn("rest");
      this.grips.forEach((grip) => grip.forget());
      this.say(frame.error, true);
    } else if (this.play) this.play.take(whole);
    else this.show(whole);
  }

  mark({ isLast, error }) {
    // Whether more is to come, and whether something went wrong.
    if (isLast || error) this.figure.dataset.state = "done";
    this.stage.classList.toggle("nb-failed", Boolean(error));
    this.line.classList.toggle("nb-error", Boolean(error));
  }

  show(frame) {
    this.frame = frame;
    this.badge.textContent = frame.badge ?? this.source.badge;
    this.screen.set(frame.still, frame.moving, frame.settings);
    if (frame.isLast) this.pin.offer();
    for (const grip of this.grips) {
      grip.set(frame.settings[grip.name], frame.places?.[grip.name]);
    }
    this.screen.canvas.setAttribute("aria-label", `${this.recording.title}. ${frame.sentence}`);
    this.say(frame.sentence, frame.isLast);
  }

  say(sentence, isLast) {
    // All can read it as it changes; a screen reader hears where a movement ends.
    clearTimeout(this.quiet);
    this.line.setAttribute("aria-live", isLast ? "polite" : "off");
    if (!isLast) this.desk.tell(sentence);
    else this.quiet = setTimeout(() => this.desk.tell(sentence), QUIET);
  }

  words(settings) {
    return this.recording.controls.map((control) =>
      [control.label, textOf(control, settings[control.name])]);
  }
}
