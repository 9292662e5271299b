// Settings in the address: #ID?lr=0.1&depth=2 leads a view there.

function fragmentOf({ hash }) {
  const [, name, query] = hash.match(/^#([^?]*)\??(.*)$/) ?? [];
  return { name, query };
}

function stopOf(control, choice, text, otherwise) {
  // Find the value that a text of the address means, among the stops `choice`: 3.0 is 3,
  // and of a number that is no stop the nearest. Without a text it is the value given.
  if (text === undefined) return { value: otherwise, isExact: true };
  if (control.grips) {
    const value = rowsOf(text);
    return { value: value ?? otherwise, isExact: value !== undefined };
  }
  const stops = choice.map((k) => control.stops[k]);
  const exact = stops.findIndex((stop) => String(stop) === text
    || (typeof stop === "number" && text && Number(text) === stop));
  if (exact >= 0) return { value: stops[exact], isExact: true };
  const isNumber = typeof stops[0] === "number" && text && isFinite(text);
  return { value: isNumber ? nearestStop(stops, Number(text)) : otherwise, isExact: false };
}

function rowsOf(text) {
  // Points in an address: a list of lists of three numbers, or nothing.
  try {
    const rows = JSON.parse(text);
    const isRow = (row) => Array.isArray(row) && row.length === 3 && row.every(Number.isFinite);
    return Array.isArray(rows) && rows.every(isRow) ? rows : undefined;
  } catch {
    return undefined;
  }
}

function nearestStop(stops, value) {
  if (stops.includes(value)) return value;
  if (typeof value !== "number") return stops[0];
  const far = stops.map((stop) => Math.abs(stop - value));
  return stops[far.indexOf(Math.min(...far))];
}

function textOf(control, value) {
  return nbText(control, value);
}

class Address {
  // The address of a view: it says where the view stands, and a link leads it there.
  constructor(view) {
    this.view = view;
  }

  write() {
    const texts = Object.entries(this.view.settings).map(([name, value]) =>
      [name, Array.isArray(value) ? JSON.stringify(value) : value]);
    history.replaceState(null, "", `#${this.view.name}?${new URLSearchParams(texts)}`);
  }

  follow() {
    // Go where the address leads; say in a sentence what of it cannot be followed.
    const { view } = this, { name, query } = fragmentOf(location);
    if (name !== view.name || !query) return;
    const { found, refused } = this.read([...new URLSearchParams(query)]);
    const { settings, names, hidden } = view;
    view.wanted = this.mayHide(found) ? found : Object.fromEntries(
      names.map((n) => [n, hidden.includes(n) ? settings[n] : found[n]]));
    for (const control of view.recording.controls) {
      if (nbEqual(view.wanted[control.name], found[control.name])) continue;
      refused.push(`${control.label} ${textOf(control, found[control.name])}, which this view `
        + `keeps at ${textOf(control, settings[control.name])}`);
    }
    view.go();
    if (refused.length) {
      view.desk.remark(`The link asks for ${refused.join("; and for ")}. ${view.note.textContent}`);
    }
  }

  read(asked) {
    // The settings that pairs of texts mean, and in words what none of them can mean.
    const { source, recorded, recording, settings, names } = this.view;
    const refused = asked.filter(([key]) => !names.includes(key))
      .map(([key]) => `“${key}”, which is no setting of this picture`);
    const found = Object.fromEntries(recording.controls.map((control) => {
      const text = asked.find(([key]) => key === control.name)?.[1];
      const { value, isExact } = stopOf(
        control, source.stopsOf(control), text, settings[control.name]);
      if (!isExact) {
        refused.push(`${control.label} ${text}, which is `
          + (source === recorded ? "not recorded" : "none of its values"));
      }
      return [control.name, value];
    }));
    return { found, refused };
  }

  mayHide(settings) {
    // Hidden controls rest where the view began, or where one of its buttons sets them.
    const { start, presets, hidden } = this.view;
    return [start, ...presets.map(([, named]) => named)].some((named) =>
      hidden.every((name) => nbEqual(settings[name], named[name])));
  }
}
