// Frames from a recording: a state for each of some settings, the last frame of its run.
// recording.py writes what is read here.

const recordings = {};

function recordingOf(id) {
  recordings[id] ??= load(`recordings/${id}.js`, "the recording")
    .then(() => unpack(...window.nbRecordings[id]));
  return recordings[id];
}

async function unpack(head, text) {
  const bytes = await inflated(text);
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

class RecordingSource {
  // `onframe` gets a frame at once for each `ask`.
  constructor({ controls, states }, onframe) {
    Object.assign(this, { controls, states, onframe, badge: "recorded", isReady: true });
  }

  stopsOf(control) {
    return control.recorded;
  }

  place(settings) {
    return this.controls.map((control) => nbStop(control, settings[control.name]));
  }

  has(settings) {
    return this.states.has(this.place(settings).join());
  }

  frame(settings) {
    const { still, moving, sentence } = this.states.get(this.place(settings).join());
    return { settings, still: still(), moving: moving(), sentence, isLast: true };
  }

  ask(settings) {
    this.onframe(this.frame(settings));
  }

  nearest(settings, kept, hidden) {
    // The recorded settings that are nearest. The control `kept` stays if it can, the
    // controls `hidden` stay where they are.
    const all = [...this.states.values()].map(({ place }) => place);
    const wanted = this.place(settings);
    const stays = (names) => (place) => this.controls.every(({ name }, k) =>
      !names.includes(name) || place[k] === wanted[k]);
    const own = all.filter(stays(hidden));
    const near = [own.filter(stays([kept])), own, all].find((some) => some.length);
    const far = near.map((place) => this.distance(place, wanted));
    const place = near[far.indexOf(Math.min(...far))];
    return Object.fromEntries(
      this.controls.map(({ name, stops }, k) => [name, stops[place[k]]]));
  }

  distance(a, b) {
    return this.controls.reduce((sum, { kind, recorded }, k) => sum + (a[k] === b[k] ? 0
      : kind === "Choice" ? 1
        : Math.abs(recorded.indexOf(a[k]) - recorded.indexOf(b[k])) / (recorded.length - 1 || 1)), 0);
  }

  open() {}

  close() {}
}
