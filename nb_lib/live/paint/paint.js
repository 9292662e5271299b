// Draws display lists on a 2-D canvas. displaylist.py says what the words mean; the
// two files are to be changed together. No imports and no exports: the live canvas and
// the pages of the book both take this file as it is.

const NB_FONT = '"DejaVu Sans", Verdana, "Bitstream Vera Sans", sans-serif';

function nbWords(bytes) {
  // A DataView, an ArrayBuffer or a typed array, aligned or not, as 16-bit words.
  const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes)
    : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Int16Array(view.slice().buffer);
}

function nbPaint(ctx, words, at, theme, leaveOut = "") {
  // Draw from word `at` to a SPLIT or the end; return the place after it. Operations
  // in `leaveOut` are read but not drawn.
  const px = () => words[at++] / 16;
  const rgba = () => theme((words[at] >> 8) & 255, words[at++] & 255,
    (words[at] >> 8) & 255, words[at++] & 255);
  const paths = () => {
    const path = new Path2D();
    for (let n = words[at++]; n > 0; n--) {
      const size = words[at++];
      path.moveTo(px(), px());
      for (let i = 1; i < Math.abs(size); i++) path.lineTo(px(), px());
      if (size < 0) path.closePath();
    }
    return path;
  };
  const fill = (path, face, edge, width) => {
    if (face) { ctx.fillStyle = face; ctx.fill(path); }
    if (edge && width) { ctx.strokeStyle = edge; ctx.lineWidth = width; ctx.stroke(path); }
  };
  const draw = {
    1() {
      const colour = rgba(), width = px();
      const dashes = Array.from({ length: words[at++] }, px);
      ctx.setLineDash(dashes);
      Object.assign(ctx, { lineCap: dashes.length ? "butt" : "round", lineJoin: "round" });
      fill(paths(), null, colour, width);
      ctx.setLineDash([]);
      Object.assign(ctx, { lineCap: "butt", lineJoin: "miter" });
    },
    2() {
      const face = rgba(), edge = rgba(), width = px();
      fill(paths(), face, edge, width);
    },
    3() {
      const face = rgba(), edge = rgba(), width = px(), path = paths();
      for (let n = words[at++]; n > 0; n--) {
        const x = px(), y = px();
        ctx.translate(x, y);
        fill(path, face, edge, width);
        ctx.translate(-x, -y);
      }
    },
    4() {
      const [x0, y0, x1, y1] = [px(), px(), px(), px()];
      const [columns, rows, smooth, colours] = words.subarray(at, at += 4);
      const bytes = (n) => {
        const from = words.byteOffset + 2 * at;
        at += (n + 1) >> 1;
        return new Uint8ClampedArray(words.buffer, from, n);
      };
      const given = bytes(4 * colours), data = bytes(columns * rows * (colours ? 1 : 4));
      const table = theme.turned?.(given) ?? given;
      const [levels, zoom] = colours && smooth ? nbBetween(data, columns, rows, colours - 1)
        : [data, 1];
      const pixels = colours ? new Uint8ClampedArray(4 * levels.length) : data;
      if (colours) {
        for (let i = 0; i < levels.length; i++) {
          for (let k = 0; k < 4; k++) pixels[4 * i + k] = table[4 * levels[i] + k];
        }
      }
      nbPaint.sheet ??= document.createElement("canvas");
      nbPaint.sheet.width = zoom * columns;
      nbPaint.sheet.height = zoom * rows;
      nbPaint.sheet.getContext("2d")
        .putImageData(new ImageData(pixels, zoom * columns, zoom * rows), 0, 0);
      ctx.imageSmoothingEnabled = Boolean(smooth);
      ctx.save();
      ctx.beginPath();
      ctx.rect(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
      ctx.clip();
      ctx.translate(x0, y0);
      ctx.scale(Math.sign(x1 - x0) || 1, Math.sign(y1 - y0) || 1);
      ctx.drawImage(nbPaint.sheet, 0, 0, Math.abs(x1 - x0), Math.abs(y1 - y0));
      ctx.restore();
    },
    5() {
      ctx.fillStyle = rgba();
      const [x, y, size, angle] = [px(), px(), px(), px()];
      ctx.textAlign = ["left", "center", "right"][words[at++]];
      const weight = words[at++] ? "bold" : "normal", width = px(), n = words[at++];
      ctx.font = `${weight} ${size}px ${NB_FONT}`;
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(-angle * Math.PI / 180);
      // Another font may be wider than the one that the layout was made with.
      ctx.fillText(String.fromCharCode(...words.subarray(at, at += n)), 0, 0, 1.08 * width + 2);
      ctx.restore();
    },
    6() {
      const [x, y, width, height] = [px(), px(), px(), px()];
      ctx.restore();
      ctx.save();
      if (width >= 0) { ctx.beginPath(); ctx.rect(x, y, width, height); ctx.clip(); }
    },
  };
  ctx.save();
  while (at < words.length && words[at] !== 7) {
    const alpha = ctx.globalAlpha;
    if (leaveOut.includes(words[at])) ctx.globalAlpha = 0;
    draw[words[at++]]();
    ctx.globalAlpha = alpha;
  }
  ctx.restore();
  return at + 1;
}

function nbTurned(table, paper) {
  // The colours of an image as bright on dark paper as they were dark on white, each in
  // its hue. Where the paper shines through, an image is left as it is.
  const isClear = (alpha, i) => i % 4 === 3 && alpha % 255;
  if (table.some(isClear)) return table;
  return table.map((value, i) => {
    if (i % 4 === 3) return value;
    const [r, g, b] = table.subarray(i - i % 4);
    const bright = 255 + value - 2 * (0.213 * r + 0.715 * g + 0.072 * b);
    return paper[i % 4] + Math.max(bright, 0) * (1 - paper[i % 4] / 255);
  });
}

function nbBetween(data, columns, rows, none) {
  // Levels between those of an image, ZOOM to a cell: as on paper what lies between two
  // cells gets the colour of its level, not a mixture of their colours. Beside `none`,
  // the level of no data, cells stay as they are.
  const ZOOM = 4;
  const levels = new Uint8ClampedArray(ZOOM * ZOOM * data.length);
  const split = (at, n) => { // [cell, next cell, share of the next]
    const place = Math.min(Math.max((at + 0.5) / ZOOM - 0.5, 0), n - 1);
    const cell = Math.floor(place);
    return [cell, Math.min(cell + 1, n - 1), place - cell];
  };
  const across = Array.from({ length: ZOOM * columns }, (_, x) => split(x, columns));
  const [lefts, rights, shares] = [0, 1, 2].map((k) => Float32Array.from(across, (c) => c[k]));
  let at = 0;
  for (let y = 0; y < ZOOM * rows; y++) {
    const [top, below, v] = split(y, rows);
    const [above, under] = [top * columns, below * columns];
    for (let x = 0; x < lefts.length; x++) {
      const left = lefts[x], right = rights[x], u = shares[x];
      const a = data[above + left], b = data[above + right];
      const c = data[under + left], d = data[under + right];
      levels[at++] = a === none || b === none || c === none || d === none
        ? data[(v < 0.5 ? above : under) + (u < 0.5 ? left : right)]
        : (1 - v) * ((1 - u) * a + u * b) + v * ((1 - u) * c + u * d);
    }
  }
  return [levels, ZOOM];
}

function nbHasCurves(words, boxes) {
  // Whether a list draws lines or areas in one of these boxes; a mark alone is no curve.
  let at = 0, isFound = false;
  const look = (n) => {
    for (; n > 0; n--) {
      const x = words[at++] / 16, y = words[at++] / 16;
      isFound ||= boxes.some(([left, top, right, bottom]) =>
        left <= x && x <= right && top <= y && y <= bottom);
    }
  };
  const skip = (n) => { at += 2 * n; };
  const paths = (read) => {
    for (let n = words[at++]; n > 0; n--) read(Math.abs(words[at++]));
  };
  const pass = {
    1() { at += 3; at += 1 + words[at]; paths(look); },
    2() { at += 5; paths(look); },
    3() { at += 5; paths(skip); skip(words[at++]); },
    4() {
      const [columns, rows, , colours] = words.subarray(at + 4, at += 8);
      at += 2 * colours + ((columns * rows * (colours ? 1 : 4) + 1) >> 1);
    },
    5() { at += 9; at += 1 + words[at]; },
    6() { at += 4; },
  };
  while (!isFound && at < words.length) pass[words[at++]]();
  return isFound;
}

function nbRows(cuts, most) {
  // Fold a picture into rows [left, right]: as few as are no wider than `most`, and
  // then as even as they come, the first ones rather full, because they are seen first.
  // A panel, from one cut to the next, stays whole.
  const fold = (limit) => cuts.slice(1).reduce((rows, right, i) => {
    const row = rows.at(-1);
    if (row && right - row[0] <= limit) row[1] = right;
    else rows.push([cuts[i], right]);
    return rows;
  }, []);
  const widths = cuts.flatMap((left, i) => cuts.slice(i + 1).map((right) => right - left));
  const fewest = fold(most).length;
  const limit = Math.min(...widths.filter((width) => fold(width).length <= fewest));
  return fold(Math.min(most, 1.05 * limit));
}

class NbScreen {
  // One canvas that shows the newest frame at the screen's own resolution. Where
  // there is little room its panels stand below one another.
  constructor(canvas, { width, height, cuts, panels, dark, grabs = {} }) {
    Object.assign(this, { canvas, width, height, cuts, panels, dark, grabs, painted: 0 });
    this.painters = []; // called after every frame: what lies over the canvas moves along
    this.still = this.moving = new Int16Array(0);
    canvas.dataset.frame = "0";
    this.watchers = [ResizeObserver, MutationObserver].map((W) => new W(() => this.request()));
    this.watchers[0].observe(canvas.parentElement);
    for (const node of [document.documentElement, document.body]) {
      this.watchers[1].observe(node, { attributes: true }); // a change of theme
    }
  }

  close() {
    for (const watcher of this.watchers) watcher.disconnect();
  }

  set(still, moving, settings) {
    this.still = still ?? this.still;
    this.moving = moving;
    this.settings = settings;
    const isFirst = this.asked === undefined;
    this.request();
    if (isFirst) this.paint();
  }

  request() {
    // The first set of a display frame is painted at once, of all others the newest.
    this.isStale = true;
    this.asked ??= requestAnimationFrame(() => {
      this.asked = undefined;
      if (this.isStale) this.paint();
    });
  }

  paint() {
    if (this.settings === undefined || !this.canvas.isConnected) return;
    const room = this.canvas.parentElement.clientWidth;
    if (!room) return;
    this.isStale = false;
    const [across, down] = this.fold(room, this.tall()), sharp = window.devicePixelRatio || 1;
    const [w, h] = [across * sharp, down * sharp].map(Math.round);
    if (this.canvas.width !== w || this.canvas.height !== h) {
      Object.assign(this.canvas, { width: w, height: h });
      this.canvas.style.width = `${across}px`;
      this.canvas.style.height = `${down}px`;
    }
    const ctx = this.canvas.getContext("2d"), theme = this.theme();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = theme(255, 255, 255, 255);
    ctx.fillRect(0, 0, w, h);
    this.rows.forEach(({ left, right, top, zoom }) => {
      const scale = zoom * sharp;
      ctx.setTransform(scale, 0, 0, scale, -left * scale, top * sharp);
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, 0, right - left, this.height);
      ctx.clip();
      const over = nbPaint(ctx, this.still, 0, theme);
      if (this.pinned) this.paintPinned(ctx, theme);
      nbPaint(ctx, this.moving, 0, theme);
      nbPaint(ctx, this.still, over, theme);
      ctx.restore();
    });
    this.canvas.dataset.frame = String(++this.painted);
    this.canvas.dataset.settings = JSON.stringify(this.settings);
    for (const act of this.painters) act();
  }

  tall() {
    // How high a row may be: pixels, where the style sheet of the page says so.
    const style = getComputedStyle(this.canvas.parentElement);
    return Number(style.getPropertyValue("--nb-tall").match(/^([\d.]+)px$/)?.[1] ?? Infinity);
  }

  fold(room, tall) {
    // Lay the panels in rows; return how much all take, across and down. Beside a wide row
    // that has to be small, a narrow one keeps letters that can be read; so do rows that
    // may not be high.
    const rows = nbRows(this.cuts, room / 0.7);
    const widest = Math.max(...rows.map(([left, right]) => right - left));
    const most = Math.min(Math.max(Math.min(room / widest, 1.15), 0.85),
      Math.max(tall / this.height, 0.7));
    let top = 0;
    this.rows = rows.map(([left, right]) => {
      const zoom = Math.min(room / (right - left), most), row = { left, right, top, zoom };
      top += this.height * zoom;
      return row;
    });
    return [Math.max(...this.rows.map(({ left, right, zoom }) => zoom * (right - left))), top];
  }

  rowAt(middle) {
    return this.rows.find(({ right }) => middle < right);
  }

  toPage(x, y, middle) {
    // From pixels of the picture to those of the canvas on its page; `middle` lies in the
    // panel that is meant.
    const { left, top, zoom } = this.rowAt(middle);
    return [(x - left) * zoom, y * zoom + top];
  }

  fromPage(x, y, middle) {
    const { left, top, zoom } = this.rowAt(middle);
    return [x / zoom + left, (y - top) / zoom];
  }

  pin() {
    // Keep the present curves behind the next ones; a second call lets them go.
    const { still, moving, settings } = this;
    this.pinned = this.pinned ? undefined : { still, moving, settings };
    this.request();
  }

  hasCurves() {
    return nbHasCurves(this.moving, this.panels);
  }

  paintPinned(ctx, theme) {
    ctx.save();
    ctx.beginPath();
    for (const [left, top, right, bottom] of this.comparable()) {
      ctx.rect(left, top, right - left, bottom - top);
    }
    ctx.clip();
    ctx.globalAlpha = 0.38;
    nbPaint(ctx, this.pinned.moving, 0, theme, "45"); // curves, not images or words
    ctx.restore();
  }

  comparable() {
    // The panels whose axes look as when the curves were pinned. On other axes curves
    // would lie: there they wait.
    const { still, pinned, panels } = this;
    if (pinned.checked !== still) {
      const [a, b] = [this.stillOnly(still), this.stillOnly(pinned.still)];
      pinned.panels = panels.filter(([left, top, right, bottom]) => {
        const box = [left, top, Math.max(right - left, 1), Math.max(bottom - top, 1)];
        const [one, other] = [a, b].map((ctx) => ctx.getImageData(...box).data);
        return one.every((byte, i) => byte === other[i]);
      });
      pinned.checked = still;
    }
    return pinned.panels;
  }

  stillOnly(words) {
    const canvas = new OffscreenCanvas(this.width, this.height);
    const ctx = canvas.getContext("2d", { willReadFrequently: true });
    const paper = (r, g, b, a) => (a ? `rgba(${r},${g},${b},${a / 255})` : null);
    nbPaint(ctx, words, nbPaint(ctx, words, 0, paper), paper);
    return ctx;
  }

  isDark() {
    // The page decides: the first background behind the canvas that is not clear.
    for (let node = this.canvas.parentElement; node; node = node.parentElement) {
      const [r, g, b, a = 1] = getComputedStyle(node).backgroundColor.match(/[\d.]+/g) ?? [];
      if (a > 0.5) return 0.3 * r + 0.6 * g + 0.1 * b < 110;
    }
    return false;
  }

  theme() {
    const dark = this.isDark() ? this.dark : {};
    const theme = (r, g, b, a) => {
      if (!a) return null;
      const [R, G, B] = dark[(r << 16) | (g << 8) | b] ?? [r, g, b];
      return `rgba(${R},${G},${B},${a / 255})`;
    };
    const paper = dark[0xffffff];
    if (paper) theme.turned = (table) => nbTurned(table, paper);
    return theme;
  }
}
