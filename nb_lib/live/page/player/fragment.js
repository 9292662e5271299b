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
