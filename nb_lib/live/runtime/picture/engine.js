// One explorer in the page: its figure, and the runs that a reader starts.

function figureOf(spec) {
  const standIns = [], fonts = spec.fonts.map(Font);
  const known = ({ number }, made) => (number === undefined ? made : (standIns[number] = made)); // what show reaches
  const figure = { ...spec, standIns, known };
  for (const look of looksOf(spec.axes)) Object.assign(look, { font: fonts[look.font], formulas: spec.formulas[look.formulas] ?? {} });
  figure.axes = spec.axes.map((each) => known(each, new Axes(each, figure)));
  for (const each of spec.maps) known(each, colourMap(each.anchors));
  return figure;
}

function looksOf(spec) { // of all texts, wherever they stand in it
  if (spec === null || typeof spec !== "object") return [];
  return [...(spec.look ? [spec.look] : []), ...Object.values(spec).flatMap(looksOf)];
}

function stillOf({ axes }) {
  const kept = axes.map((each) => each.still());
  return joinedWords([...kept.map(([under]) => under), [SPLIT], ...kept.map(([, over]) => over)]);
}

function movingOf({ axes, order, rest }) {
  const visible = order.map((k) => axes[k]).filter(({ isVisible }) => isVisible);
  return joinedWords([rest, ...visible.flatMap(({ shown }) => shown.filter((each) => each.isVisible).map((each) => each.drawn()))]);
}

function said(error) { // as Python says it
  const { name, message } = error;
  return name === "Error" ? error : Object.assign(new Error(`${name}: ${message}`), { name: "Error", stack: error.stack });
}

const orSay = (f) => (...given) => {
  try {
    return f(...given);
  } catch (error) {
    throw said(error);
  }
};

function wherePoints(controls, frame) { // of the points that a reader may drag, as plain numbers
  const rows = (where) => where(frame).tolist().map((row) => row.map((value) => Math.round(value * 1e4) / 1e4));
  return Object.fromEntries(Object.entries(controls).map(([name, where]) => [name, rows(where)]));
}

function engine({ compute, show, describe, places = {}, figure }) {
  const shown = (frame) => {
    show(frame);
    return { still: stillOf(figure()), moving: movingOf(figure()), sentence: describe(frame), places: wherePoints(places, frame) };
  };
  const begin = (settings) => {
    const result = op.call(compute, [], settings), isStream = typeof result?.next === "function";
    const offers = isStream ? result : [result][Symbol.iterator]();
    let offer = null, isOver = false;
    const next = () => {
      const { value, done } = isOver ? { done: true } : offers.next();
      isOver = done;
      if (!done) offer = value;
      return !done;
    };
    const frame = () => shown(typeof offer === "function" ? offer() : offer);
    return { isStream, next: orSay(next), frame: orSay(frame) };
  };
  return { begin: orSay(begin), shown: orSay(shown) };
}
