// A display list as the page writes it: 16-bit words, said as nb_lib/live/paint does.

const LINE = 1, FILL = 2, MARKERS = 3, IMAGE = 4, TEXT = 5, CLIP = 6, SPLIT = 7;
const PER_PIXEL = 16, FAR = 32767, BEYOND = 9, NO_CLIP = [0, 0, -1, 0];
const MOST_SNAPPED = 1024; // points of a path that may still be moved to whole pixels

const word = (value) => Math.max(-FAR, Math.min(FAR, roundedToEven(value)));
const px = (value) => word(value * PER_PIXEL);

class Words { // what one artist says; a clip is said when it changes
  constructor() { Object.assign(this, { parts: [], now: [], box: null }); }
  put(...words) { for (const each of words) this.now.push(each); }
  putAll(words) { for (let i = 0; i < words.length; i++) this.now.push(words[i]); }
  putBytes(words) { this.parts.push(this.now, words); this.now = []; }
  clip(box) {
    const wanted = box ?? NO_CLIP;
    if (this.box !== wanted) this.put(CLIP, ...wanted);
    this.box = wanted;
  }
  take() { return joinedWords([...this.parts, this.now]); }
}

function joinedWords(parts) {
  const all = new Int16Array(parts.reduce((n, each) => n + each.length, 0));
  let at = 0;
  for (const each of parts) {
    all.set(each, at);
    at += each.length;
  }
  return all;
}

// colours: "#rrggbb" or three or four numbers, as four bytes

function rgba(colour, alpha) {
  if (colour === "none") return [0, 0, 0, 0];
  const isHex = typeof colour === "string";
  if (isHex && !/^#[0-9a-f]{6}$/i.test(colour)) raise("ValueError", `the page knows no colour ${colour}`);
  const parts = isHex ? [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255) : listed(colour).map(Number);
  const opacity = alpha ?? parts[3] ?? 1;
  return [...parts.slice(0, 3), opacity].map((part) => roundedToEven(255 * part));
}

const twoWords = (bytes) => {
  const [r, g, b, a] = bytes ?? [0, 0, 0, 0];
  return [((r << 24) | (g << 16)) >> 16, ((b << 24) | (a << 16)) >> 16];
};

// paths: points in pixels, x and y in turn, a NaN where the pen is lifted

function runsOf(points) {
  const runs = [];
  let run = [];
  for (let i = 0; i < points.length; i += 2) {
    if (Number.isFinite(points[i]) && Number.isFinite(points[i + 1])) run.push(points[i], points[i + 1]);
    else if (run.length) { runs.push(run); run = []; }
  }
  return run.length ? [...runs, run] : runs;
}

function segmentWithin(x0, y0, x1, y1, [left, top, right, bottom]) { // or null: nothing of it
  let from = 0, to = 1;
  const dx = x1 - x0, dy = y1 - y0;
  for (const [step, room] of [[-dx, x0 - left], [dx, right - x0], [-dy, y0 - top], [dy, bottom - y0]]) {
    if (step === 0 && room < 0) return null;
    if (step < 0) from = Math.max(from, room / step);
    if (step > 0) to = Math.min(to, room / step);
  }
  if (from > to) return null;
  return [x0 + from * dx, y0 + from * dy, to < 1 ? x0 + to * dx : x1, to < 1 ? y0 + to * dy : y1, from > 0, to < 1];
}

function cutRun(run, window) { // into the parts of a line that lie within the window
  const parts = [];
  let part = null;
  for (let i = 2; i < run.length; i += 2) {
    const kept = segmentWithin(run[i - 2], run[i - 1], run[i], run[i + 1], window);
    if (!kept) continue;
    const [x0, y0, x1, y1, isMoved] = kept;
    if (isMoved || !part) parts.push((part = [x0, y0]));
    part.push(x1, y1);
  }
  return parts;
}

function cut(runs, [width, height]) { // as Agg does, a pixel further out than asked
  const far = BEYOND + 1, window = [-far, -far, width + far, height + far];
  const isInside = (run) => run.every((value, i) => value >= -far && value <= (i % 2 ? height : width) + far);
  return runs.flatMap((run) => (isInside(run) ? [run] : cutRun(run, window)));
}

const isNear = (a, b) => Math.abs(a - b) < 1e-4;
const isStraight = (run) => { // level and upright lines only
  for (let i = 2; i < run.length; i += 2)
    if (!isNear(run[i - 2], run[i]) && !isNear(run[i - 1], run[i + 1])) return false;
  return true;
};

function snapped(runs, width, count) { // straight lines lie on whole or half pixels
  if (count > MOST_SNAPPED || !runs.every(isStraight)) return runs;
  const half = Math.floor(width + 0.5) % 2 ? 0.5 : 0;
  return runs.map((run) => run.map((value) => Math.floor(value + 0.5) + half));
}

function pathWords(points, { width, size, isFilled = false, isClosed = false }) {
  const found = runsOf(points), [right, bottom] = size;
  const open = isClosed && !isFilled ? found.map((run) => [...run, run[0], run[1]]) : found; // so Agg shuts a line
  const runs = snapped(isFilled ? open : cut(open, size), width, points.length / 2);
  const shown = (isFilled ? runs.map(nearby) : runs).filter((run) => run.length > 2);
  const words = [shown.length];
  for (const run of shown) {
    words.push(isClosed && !run.isCut ? -run.length / 2 : run.length / 2);
    for (let i = 0; i < run.length; i++) {
      const end = (i % 2 ? bottom : right) + BEYOND;
      words.push(px(isFilled ? run[i] : Math.max(-BEYOND, Math.min(end, run[i]))));
    }
  }
  return words;
}

const REACH = (0.9 * FAR) / PER_PIXEL;
function nearby(run) { // an area that reaches far out is cut where nobody sees the cut
  if (run.every((value) => Math.abs(value) * PER_PIXEL <= FAR)) return run;
  const shut = (corners) => (corners.length && corners[0].some((value, k) => value !== corners.at(-1)[k]) ? [...corners, corners[0]] : corners);
  let corners = shut(Array.from({ length: run.length / 2 }, (_, i) => [run[2 * i], run[2 * i + 1]])); // as matplotlib, to begin where it does
  for (const [k, sign] of [[0, 1], [0, -1], [1, 1], [1, -1]]) {
    const isIn = (p) => sign * p[k] <= REACH, next = [];
    corners.forEach((p, i) => {
      const before = corners.at(i - 1);
      if (isIn(p) !== isIn(before)) {
        const share = (sign * REACH - before[k]) / (p[k] - before[k]);
        next.push(before.map((value, j) => (j === k ? sign * REACH : value + share * (p[j] - value))));
      }
      if (isIn(p)) next.push(p);
    });
    corners = next;
  }
  return Object.assign(shut(corners).flat(), { isCut: true });
}
