// The bar of a run that goes by in steps: play, pause, step, look back, speed. The live
// canvas and the pages of the book take it as it is, as they take buttons.js before it.

const NB_FILM = 4e6; // bytes of frames that are kept to look back at
const NB_PLACES = 40; // frames of a run that was jumped over, for who takes hold of its range
const NB_SPEEDS = [["slow", 1 / 8], ["medium", 1], ["fast", 5], ["fastest", Infinity]];

const nbBytes = ({ still, moving }) => still.byteLength + moving.byteLength;

class NbFilm {
  // The frames of a run, thinned where they would take too much memory: then each other
  // one goes, and from there on frames stand twice as many steps apart.
  constructor() {
    Object.assign(this, { frames: [], bytes: 0, gap: 1 });
  }

  add(frame) {
    const [before, last] = this.frames.slice(-2);
    if (last && (last.step === frame.step || last.step - before.step < this.gap)) this.drop();
    this.frames.push(frame);
    this.bytes += nbBytes(frame);
    if (this.bytes > NB_FILM) this.thin();
  }

  placeOf(step) {
    // Where the last frame stands that is no later than this step.
    return Math.max(this.frames.findLastIndex((each) => each.step <= step), 0);
  }

  drop() {
    this.bytes -= nbBytes(this.frames.pop());
  }

  thin() {
    const { frames } = this;
    this.frames = frames.filter((_, k) => k % 2 === 0 || k === frames.length - 1);
    this.bytes = this.frames.reduce((sum, frame) => sum + nbBytes(frame), 0);
    this.gap *= 2;
  }
}

class NbPlay {
  // `way` does what is asked of the run: again(pace), play(pace), pause(), step(). A pace
  // is how many steps go by from one painted frame to the next. `show(frame)` paints one.
  // The run pauses while `figure` is off the screen. Its state is "rest" (no run since the
  // picture came), "runs", "paused" or "replays" (what was kept, until the newest frame).
  // The bar comes with a run that has more than one step; `hasSteps` says whether the
  // first one has. It then keeps its room.
  constructor(figure, way, show, hasSteps) {
    Object.assign(this, { way, show });
    this.isReduced = matchMedia("(prefers-reduced-motion: reduce)");
    this.build();
    this.row.hidden = !hasSteps;
    const watch = () => this.look(this.isSeen && !document.hidden);
    this.watcher = new IntersectionObserver((entries) => {
      this.isSeen = entries.at(-1).isIntersecting;
      watch();
    });
    this.watcher.observe(figure);
    document.addEventListener("visibilitychange", watch);
    this.close = () => {
      this.watcher.disconnect();
      document.removeEventListener("visibilitychange", watch);
      this.turn("rest");
      for (const part of this.row.querySelectorAll("button, input, select")) part.disabled = true;
    };
    this.rest();
  }

  build() {
    this.button = nbButton("Play", "nb-play-button", () => this.press());
    this.next = nbButton("Step", "nb-step", () => this.step());
    this.range = Object.assign(document.createElement("input"),
      { type: "range", className: "nb-scrub", min: 0, step: 1 });
    this.range.setAttribute("aria-label", "steps so far");
    this.range.addEventListener("input", () => this.seek(Number(this.range.value)));
    for (const kind of ["pointerdown", "keydown"]) {
      this.range.addEventListener(kind, () => this.gather());
    }
    this.speed = Object.assign(document.createElement("select"), { className: "nb-speed" });
    this.speed.setAttribute("aria-label", "speed");
    this.speed.append(...NB_SPEEDS.map(([text]) => new Option(text)));
    this.speed.selectedIndex = 1;
    this.speed.addEventListener("change", () => {
      if (this.state === "runs") this.go();
    });
    this.row = document.createElement("div");
    this.row.className = "nb-play";
    this.row.setAttribute("role", "group");
    this.row.setAttribute("aria-label", "training");
    this.row.append(this.button, this.next, this.range, this.speed);
  }

  get pace() {
    // Who wants less motion sees the end, and does not wait for what is not shown.
    return this.isReduced.matches ? Infinity : NB_SPEEDS[this.speed.selectedIndex][1];
  }

  get isAtNewest() {
    return this.at >= this.film.frames.length - 1;
  }

  get isOld() {
    // Whether frames of a run that comes now belong to another one than those kept.
    return !this.more ? this.state === "rest" || this.film.frames.length > 0
      : this.more.frames.length > 0;
  }

  begin(pace = Infinity) {
    // A new run: what was kept of the last one goes.
    this.rest();
    this.running = pace;
    this.turn("runs");
  }

  rest() {
    // No run: a picture has come that is none of its frames.
    Object.assign(this, { film: new NbFilm(), at: 0, due: Infinity, isEnded: false, isAway: false });
    this.turn("rest");
  }

  take(frame) {
    // A frame of the run; who looks back goes on looking at that one, and so does who
    // pressed Pause while it was on its way: Step and Play show it.
    if (this.more) { this.keep(frame); return; }
    const seen = this.film.frames[this.at];
    const isNext = !seen || (this.isAtNewest && this.due > 0);
    this.film.add(frame);
    if (frame.step > 0) {
      this.row.hidden = false;
      this.lock(false);
    } else if (frame.isLast) this.lock(true); // as a run that diverges at once
    this.isEnded = frame.isLast;
    if (isNext) this.due = Math.max(this.due - 1, 0);
    this.at = isNext ? this.film.frames.length - 1 : this.film.placeOf(seen.step);
    if (frame.isLast && this.state === "runs") this.turn("paused");
    const mayMove = !this.isReduced.matches || frame.isLast || this.state === "paused";
    const now = this.film.frames[this.at];
    if (now !== seen && mayMove) this.show(now);
    this.draw();
  }

  lock(isLocked) {
    // There is nothing to play; the bar keeps its room and is grey.
    this.isLocked = isLocked;
    for (const part of [this.button, this.next, this.speed]) part.disabled = isLocked;
  }

  gather() {
    // Of a run that was jumped over little is kept, perhaps not its first step: let it go
    // by again, unseen.
    const { film, isEnded, more } = this, { frames } = film;
    const isFull = frames[0]?.step === 0 && frames.length > Math.min(frames.at(-1).step, NB_PLACES / 2);
    if (more || !isEnded || isFull || film.isWhole) return;
    this.more = Object.assign(new NbFilm(), { isWhole: true });
    this.way.again(1);
  }

  keep(frame) {
    this.more.add(frame);
    const { frames } = this.more, seen = this.film.frames[this.at];
    if (frames.length === 1) this.way.play(Math.ceil(this.film.frames.at(-1).step / NB_PLACES));
    if (!frame.isLast) return;
    const at = this.more.placeOf(seen.step);
    Object.assign(this, { film: this.more, more: undefined, at });
    this.show(frames[at]);
    this.draw();
  }

  press() {
    if (this.state === "runs" || this.state === "replays") this.halt();
    else if (!this.isAtNewest) this.replay();
    else if (this.isEnded || this.state === "rest") this.again(this.pace);
    else this.go();
  }

  again(pace) {
    this.begin(pace);
    this.due = pace ? Infinity : 1;
    this.way.again(pace);
  }

  go() {
    Object.assign(this, { running: this.pace, due: Infinity });
    this.turn("runs");
    this.way.play(this.running);
  }

  halt() {
    if (this.state === "runs") {
      this.due = Number(this.isReduced.matches); // who saw none sees how far it has come
      this.way.pause();
    }
    this.turn("paused");
  }

  step() {
    if (this.state === "runs" || this.state === "replays") this.halt();
    if (!this.isAtNewest) this.seek(this.at + 1);
    else if (this.isEnded || this.state === "rest") {
      this.again(0);
      this.turn("paused");
    } else {
      this.due += 1;
      this.way.step();
    }
  }

  seek(at) {
    const { frames } = this.film;
    this.halt();
    this.at = Math.min(at, frames.length - 1);
    this.show(frames[this.at]);
    this.draw();
  }

  replay() {
    // Show what was kept at the present speed, and go on with the run from its end.
    this.turn("replays");
    let now = this.film.frames[this.at].step;
    const turn = () => {
      if (this.state !== "replays") return;
      now += this.pace;
      const { frames } = this.film;
      const later = frames.findIndex(({ step }) => step > now);
      this.at = later < 0 ? frames.length - 1 : Math.max(later - 1, this.at);
      this.show(frames[this.at]);
      this.draw();
      if (!this.isAtNewest) requestAnimationFrame(turn);
      else if (this.isEnded) this.turn("paused");
      else this.go();
    };
    if (this.isReduced.matches) now = Infinity;
    requestAnimationFrame(turn);
  }

  look(isSeen) {
    // Nobody looks: wait, and go on when somebody does.
    if (!isSeen && this.state === "runs") {
      this.isAway = true;
      this.way.pause();
    } else if (isSeen && this.isAway) {
      this.isAway = false;
      if (this.state === "runs") this.way.play(this.running);
    }
  }

  turn(state) {
    this.state = state;
    if (state === "rest") this.more = undefined;
    this.button.textContent = state === "runs" || state === "replays" ? "Pause" : "Play";
    this.draw();
  }

  draw() {
    // Where the picture stands; who moves the range hears the sentence of each frame. A run
    // that went by in a single one has come to its end, and can be led back from there.
    const { frames } = this.film, frame = frames[this.at];
    const last = Math.max(frames.length - 1, Number(this.isEnded && frame?.step > 0));
    this.range.max = last;
    this.range.disabled = this.isLocked || !last;
    this.range.value = frames.length > 1 ? this.at : last;
    this.row.dataset.step = frame?.step ?? "";
    this.row.dataset.state = this.state;
    if (this.state === "runs" || this.state === "replays") return;
    this.range.setAttribute("aria-valuetext", frame?.sentence ?? "no step yet");
  }
}
