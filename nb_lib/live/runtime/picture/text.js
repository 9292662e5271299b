// Where texts stand, as matplotlib lays them out: from the widths of the font's letters.

const UNITS = 2048; // of the font, in its size

function Font(table) { // widths and kerns are in units of the font
  const spread = (groups, n) => new Map(Object.entries(groups).flatMap(([value, all]) => {
    const letters = [...all];
    return Array.from({ length: letters.length / n }, (_, i) => [letters.slice(n * i, n * i + n).join(""), +value]);
  }));
  const widths = spread(table.widths, 1), kerns = spread(table.kerns, 2), heights = new Map(Object.entries(table.heights));
  const unit = (scale) => (value) => Math.sign(value) * Math.floor((Math.abs(value) * scale) / UNITS + 0.5) / 64;
  return {
    ...table,
    width(line, scale) {
      const letters = [...line], rounded = unit(scale);
      return letters.reduce((sum, each, i) => {
        const width = widths.get(each) ?? raise("ValueError", `the page does not know how wide ${each} is`);
        return sum + rounded(width) + rounded(kerns.get(each + letters[i + 1]) ?? 0);
      }, 0);
    },
    reach(line, scale) { // of its letters above and below the line
      const all = [...line].map((each) => heights.get(each)).filter(Boolean);
      return [0, 1].map((k) => unit(scale)(Math.max(0, ...all.map((each) => each[k]))));
    },
  };
}

function measured(line, look) { // width, ascent, descent; of a formula as it was drawn
  const { font, scale, formulas } = look;
  if (!line) return [0, 0, 0];
  if (isFormula(line)) {
    const formula = formulas?.[line] ?? raise("ValueError", `the page cannot set the formula ${line}`);
    return formula.box;
  }
  return [font.width(line, scale), ...font.reach(line, scale)];
}

const isFormula = (line) => (line.match(/(?<!\\)\$/g) ?? []).length % 2 === 0 && line.includes("$");

function inTurn(angle, x, y) { // counter-clockwise, y upwards
  if (!angle) return [x, y];
  const cos = Math.cos((angle * Math.PI) / 180), sin = Math.sin((angle * Math.PI) / 180);
  return [x * cos - y * sin, x * sin + y * cos];
}

function layout(text, look) { // lines with their places around (0, 0), y upwards, and the box
  const { font, size, angle = 0 } = look, lines = text.split("\n"), placed = [];
  const gap = lines.length > 1 ? font.gap * size : 0;
  let y = 0, descent, baseline;
  for (const line of lines) {
    const [width, above, below] = measured(line, look);
    const ascent = Math.max(above, font.ascent * size) + gap / 2;
    descent = Math.max(below, font.descent * size) + gap / 2;
    baseline = ascent - y;
    y -= ascent;
    placed.push({ line, width, y });
    y -= descent;
  }
  const width = Math.max(...placed.map((each) => each.width));
  const start = { left: () => 0, center: (w) => (width - w) / 2, right: (w) => width - w }[look.align ?? look.ha];
  const corners = [[0, y], [0, 0], [width, 0], [width, y]].map(([p, q]) => inTurn(angle, p, q));
  const shift = look.isAnchored
    ? inTurn(angle, ...anchor([0, width, y, 0], look, { descent, baseline, isAnchored: true }))
    : anchor(boxOf(corners), look, { descent, baseline });
  for (const each of placed) {
    const [p, q] = inTurn(angle, start(each.width), each.y);
    Object.assign(each, { x: p - shift[0], y: q - shift[1] });
  }
  const [left, right, low, high] = boxOf(corners);
  return { placed, box: [left - shift[0], right - shift[0], low - shift[1], high - shift[1]] };
}

function boxOf(corners) {
  const [xs, ys] = [0, 1].map((k) => corners.map((each) => each[k]));
  return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
}

function anchor([left, right, low, high], { ha, va }, { descent, baseline, isAnchored }) {
  const x = { left, right, center: (left + right) / 2 }[ha];
  const base = isAnchored ? high - baseline : low + descent;
  const middle = isAnchored ? high - baseline / 2 : low + (high - low) - baseline / 2;
  const y = { bottom: low, top: high, center: (low + high) / 2, baseline: base, center_baseline: middle }[va];
  return [x ?? raise("ValueError", `ha ${ha}`), y ?? raise("ValueError", `va ${va}`)];
}

const ALIGN = { left: 0, center: 1, right: 2 };
function writeText(words, text, look, [X, Y], colour) { // at a place in pixels, y downwards
  if (text === "" || !Number.isFinite(X) || !Number.isFinite(Y)) return;
  const { placed } = layout(text, look), angle = look.angle ?? 0, turn = (angle * Math.PI) / 180;
  for (const { line, width, x, y } of placed) {
    words.clip(look.clip);
    if (isFormula(line)) { writeFormula(words, look.formulas[line], X + x, Y - y, colour); continue; }
    if (!line) continue;
    const align = angle ? "center" : placed.length === 1 ? look.ha : "left", shift = (width * ALIGN[align]) / 2;
    words.put(TEXT, ...twoWords(colour), px(X + x + shift * Math.cos(turn)), px(Y - y - shift * Math.sin(turn)));
    words.put(px(look.size), px(angle), ALIGN[align], Number(Boolean(look.isBold)), px(width), line.length);
    for (let i = 0; i < line.length; i++) words.put((line.charCodeAt(i) << 16) >> 16);
  }
}

function writeFormula(words, { paths }, x, y, colour) { // outlines, drawn once around (0, 0)
  const shift = [px(x), px(y)];
  words.put(FILL, ...twoWords(colour), 0, 0, 0, paths.length);
  for (const path of paths) {
    words.put(path[0]);
    for (let i = 1; i < path.length; i++) words.put(word(path[i] + shift[(i - 1) % 2]));
  }
}
