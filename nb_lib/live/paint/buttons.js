// The words and buttons around a canvas: sentence, named settings, reset, copy as code,
// pin. Like paint.js, on which it builds, the live canvas and the pages of the book take it
// as it is.

function nbButton(text, className, act) {
  const button = Object.assign(document.createElement("button"),
    { type: "button", className, textContent: text });
  button.addEventListener("click", act);
  return button;
}

function nbWrite(part, words) {
  // Numbers such as 6.7e-16 stay whole: a browser would break a line after their hyphen.
  part.replaceChildren(...words.split(/(\S*\de-\d\S*)/).map((piece, k) => {
    if (k % 2 === 0) return piece;
    const whole = Object.assign(document.createElement("span"), { textContent: piece });
    whole.style.whiteSpace = "nowrap";
    return whole;
  }));
}

function nbSame(a, b) {
  // Whether two settings agree; {depth: 4, lr: 0.1} is a settings.
  return Object.keys(a).every((name) => nbEqual(a[name], b[name]));
}

function nbEqual(a, b) {
  // Whether two values of a setting agree; points are lists of lists.
  return a === b || (Array.isArray(a) && JSON.stringify(a) === JSON.stringify(b));
}

function nbStop({ stops }, value) {
  return stops.findIndex((stop) => nbEqual(stop, value));
}

function nbText(control, value) {
  // A value as the reader sees it; of points that is how many there are.
  return control.texts[nbStop(control, value)] ?? String(value.length);
}

function nbTuple(value) {
  // Points as Python writes them.
  if (!Array.isArray(value)) return String(value);
  return `(${value.map(nbTuple).join(", ")}${value.length === 1 ? "," : ""})`;
}

class NbPresets {
  // One button for each named settings, [label, settings]; `choose(label, settings)` is
  // called when it is pressed, `mark(settings)` says what the picture shows now.
  constructor(presets, choose) {
    this.buttons = presets.map(([label, settings]) =>
      [nbButton(label, "nb-preset", () => choose(label, settings)), settings]);
    this.row = document.createElement("div");
    this.row.className = "nb-presets";
    this.row.setAttribute("role", "group");
    this.row.setAttribute("aria-label", "named settings");
    this.row.append(...this.buttons.map(([button]) => button));
    this.row.hidden = !presets.length;
  }

  mark(settings) {
    for (const [button, wanted] of this.buttons) {
      button.setAttribute("aria-pressed", String(nbSame(wanted, settings)));
    }
  }
}

function nbCode({ explorer, only, controls }, settings) {
  // The Python that shows this anywhere: what differs from the starts of the
  // declaration. A control has a name, stops, the code of each, the index of its start.
  const names = only.map((name) => `"${name}"`);
  const parts = only.length === controls.length ? []
    : [`only=(${names.join(", ")}${names.length === 1 ? "," : ""})`];
  for (const control of controls) {
    const { name, codes, start } = control, at = nbStop(control, settings[name]);
    if (at !== start) parts.push(`${name}=${codes[at] ?? nbTuple(settings[name])}`);
  }
  return `from nb_lib.explore import ${explorer}\n${explorer}.show(${parts.join(", ")})`;
}

const NB_MOST = 150; // characters of a line that are shown again

class NbCopy {
  // A button that puts `code()` on the clipboard and says so; where the clipboard is
  // refused, a field shows the code, selected.
  constructor(code) {
    this.label = document.createElement("span");
    this.label.className = "nb-copied";
    this.label.setAttribute("role", "status");
    this.field = document.createElement("textarea");
    Object.assign(this.field, { className: "nb-code", readOnly: true, hidden: true, rows: 2 });
    this.field.setAttribute("aria-label", "the code of this view");
    this.button = nbButton("Copy as code", "nb-copy", async () => {
      const text = code();
      this.field.hidden = true;
      try {
        await navigator.clipboard.writeText(text);
        const line = text.split("\n").at(-1);
        this.label.textContent = `copied: ${line.slice(0, NB_MOST)}${line[NB_MOST] ? "…" : ""}`;
      } catch { // no permission, or a page that is not secure
        this.field.value = text;
        this.field.cols = Math.max(...text.split("\n").map((line) => line.length)) + 1;
        this.field.hidden = false;
        this.field.select();
        this.label.textContent = "The browser keeps its clipboard shut: press Ctrl+C.";
      }
    });
  }
}

const NB_PIN = "Pin these curves";

class NbPin {
  // A button that pins the run on screen, and a line that says how the next differs.
  // `name(settings)` gives a list of [label, value as text].
  constructor(screen, name) {
    Object.assign(this, { screen, name });
    this.button = nbButton(NB_PIN, "nb-pin", () => this.press());
    this.button.hidden = !screen.panels.length;
    this.label = document.createElement("span");
    this.label.className = "nb-pin-label";
    screen.painters.push(() => { if (screen.pinned) this.say(); });
    this.say();
  }

  offer() {
    // Where no curve stands the button would do nothing. To be called at rest: while a
    // run plays, curves may begin with nothing.
    this.button.hidden = !this.screen.pinned && !this.screen.hasCurves();
  }

  press() {
    this.screen.pin();
    this.say();
  }

  drop() {
    if (this.screen.pinned) this.press();
  }

  say() {
    const { screen, name, button, label } = this, { pinned } = screen;
    button.textContent = pinned ? "Unpin" : NB_PIN;
    button.setAttribute("aria-pressed", String(Boolean(pinned)));
    if (!pinned) { label.textContent = ""; return; }
    const now = name(screen.settings);
    const changed = name(pinned.settings).filter(([, text], i) => text !== now[i][1]);
    label.textContent = !changed.length ? "Pinned: change a setting to compare."
      : `Pale: ${changed.map(([what, text]) => `${what} ${text}`).join(", ")}`
        + (screen.comparable().length === screen.panels.length ? "."
          : " (hidden where its axes differ).");
  }
}
