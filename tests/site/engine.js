// A program as the build writes them, by hand: a line that grows by a step at a time. Its
// NAME stands in the page's test. Some settings go wrong, each in its own way.

const line = (y) => Int16Array.of(1, 0, 255, 32, 0, 1, 2, 0, 0, 6400, Math.round(3200 * y));
const stills = { slow: Int16Array.of(...line(0.3), 7) }; // of all others nothing stands still

class Run {
  constructor({ width, act }) {
    if (act === "boom") throw Object.assign(new Error("this went <b>wrong</b>"), { name: "ValueError" });
    Object.assign(this, { width, act, step: -1, isStream: NAME !== "once" });
  }

  next() {
    if (this.act === "broken") return this.nothing.here;
    while (this.act === "runaway" && this.step > 3);
    this.step += 1;
    for (const end = performance.now() + (this.act === "slow" ? 40 : 0.2); performance.now() < end;);
    const isSingle = this.act === "single" || !this.isStream;
    return isSingle ? this.step === 0 : this.step <= 10 * this.width;
  }

  frame() {
    const step = this.act === "single" ? 0 : Math.min(this.step, 10 * this.width);
    return { still: stills[this.act] ?? Int16Array.of(7), moving: line(1 / (1 + step / 20)), sentence: `Width ${this.width}, step ${step} & <i>no markup</i>.` };
  }
}

(globalThis.nbEngines ??= {})[NAME] = { begin: (settings) => new Run(settings) };
