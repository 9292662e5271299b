// NumPy's default_rng, bit for bit: SeedSequence, PCG64 (XSL-RR), ziggurat normals,
// Lemire's whole numbers. Wide numbers are words of 32 bits, the lowest word first.

const WORD = 4294967296; // 2 ** 32
const times = (a, b) => Math.imul(a, b) >>> 0; // the low word of a product

function timesHigh(a, b) { // the high word of a product
  const a0 = a & 65535, a1 = a >>> 16, b0 = b & 65535, b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16), low = a0 * b1 + (middle & 65535);
  return (a1 * b1 + Math.floor(middle / 65536) + Math.floor(low / 65536)) >>> 0;
}

class SeedSequence { // O'Neill's seed_seq_fe, as NumPy spawns and reads it
  constructor(entropy, key = []) {
    this.entropy = entropy;
    this.key = key;
    this.children = 0;
    this.pool = SeedSequence.mixed(this.words());
  }
  words() {
    const found = [this.entropy].flat().flatMap(wordsOf);
    if (this.key.length) while (found.length < 4) found.push(0);
    return [...found, ...this.key.flatMap(wordsOf)];
  }
  static mixed(words) {
    let constant = 0x43b0d7e5;
    const hash = (value) => {
      const mixed = (value ^ constant) >>> 0;
      constant = times(constant, 0x931e8875);
      const product = times(mixed, constant);
      return (product ^ (product >>> 16)) >>> 0;
    };
    const mix = (x, y) => {
      const word = (times(0xca01f9dd, x) - times(0x4973f715, y)) >>> 0;
      return (word ^ (word >>> 16)) >>> 0;
    };
    const pool = [0, 1, 2, 3].map((i) => hash(words[i] ?? 0));
    for (let from = 0; from < 4; from++)
      for (let to = 0; to < 4; to++)
        if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
    for (const word of words.slice(4))
      for (let to = 0; to < 4; to++) pool[to] = mix(pool[to], hash(word));
    return pool;
  }
  state(n) {
    let constant = 0x8b51f9dd;
    return Array.from({ length: n }, (_, i) => {
      const mixed = (this.pool[i % 4] ^ constant) >>> 0;
      constant = times(constant, 0x58f38ded);
      const product = times(mixed, constant);
      return (product ^ (product >>> 16)) >>> 0;
    });
  }
  spawn(n) {
    const next = () => new SeedSequence(this.entropy, [...this.key, this.children++]);
    return Array.from({ length: n }, next);
  }
}

function wordsOf(number) {
  const words = [];
  do {
    words.push(number >>> 0);
    number = Math.floor(number / WORD);
  } while (number > 0);
  return words;
}

class PCG64 { // 128 bits of state in four words
  constructor(sequence) {
    const w = sequence.state(8); // state and stream, each as two numbers, the high one first
    const start = [w[2], w[3], w[0], w[1]], stream = [w[6], w[7], w[4], w[5]];
    this.increment = stream.map((word, i) => ((word << 1) | (i ? stream[i - 1] >>> 31 : 1)) >>> 0);
    this.words = new Uint32Array(4);
    this.step();
    for (let i = 0, carry = 0; i < 4; i++) {
      const sum = this.words[i] + start[i] + carry;
      this.words[i] = sum;
      carry = sum >= WORD ? 1 : 0;
    }
    this.step();
    this.waiting = null; // the high word of a draw, until 32 bits are wanted again
  }
  step() { // state * 0x2360ed051fc65da44385df649fccf645 + increment
    const s = this.words, a = s[0], b = s[1], c = s[2], d = s[3];
    const i0 = this.increment[0], i1 = this.increment[1], i2 = this.increment[2], i3 = this.increment[3];
    const m0 = 0x9fccf645, m1 = 0x4385df64, m2 = 0x1fc65da4, m3 = 0x2360ed05;
    let sum = times(a, m0) + i0;
    s[0] = sum;
    sum = Math.floor(sum / WORD) + timesHigh(a, m0) + times(a, m1) + times(b, m0) + i1;
    s[1] = sum;
    sum = Math.floor(sum / WORD) + timesHigh(a, m1) + timesHigh(b, m0) + times(a, m2)
      + times(b, m1) + times(c, m0) + i2;
    s[2] = sum;
    s[3] = Math.floor(sum / WORD) + timesHigh(a, m2) + timesHigh(b, m1) + timesHigh(c, m0)
      + times(a, m3) + times(b, m2) + times(c, m1) + times(d, m0) + i3;
  }
  draw() { // 64 bits, left in this.low and this.high
    this.step();
    const s = this.words, turn = s[3] >>> 26, by = turn & 31;
    let low = (s[0] ^ s[2]) >>> 0, high = (s[1] ^ s[3]) >>> 0;
    if (turn & 32) {
      const held = low;
      low = high;
      high = held;
    }
    this.low = by ? ((low >>> by) | (high << (32 - by))) >>> 0 : low;
    this.high = by ? ((high >>> by) | (low << (32 - by))) >>> 0 : high;
  }
  draw32() {
    if (this.waiting !== null) {
      const word = this.waiting;
      this.waiting = null;
      return word;
    }
    this.draw();
    this.waiting = this.high;
    return this.low;
  }
  double() { // 53 bits, in [0, 1)
    this.draw();
    return (this.high * 2097152 + (this.low >>> 11)) / 9007199254740992;
  }
  upTo(most) { // Lemire: a whole number in [0, most], most < 2 ** 32 - 1
    if (most === 0) return 0;
    const n = most + 1;
    let word = this.draw32(), rest = times(word, n);
    if (rest < n) {
      const least = (WORD - n) % n;
      while (rest < least) {
        word = this.draw32();
        rest = times(word, n);
      }
    }
    return timesHigh(word, n);
  }
  upToMasked(most) { // by rejection, as shuffle and permutation draw
    let mask = most, word;
    for (const by of [1, 2, 4, 8, 16]) mask |= mask >>> by;
    do word = (this.draw32() & mask) >>> 0; while (word > most);
    return word;
  }
  gauss() { // Marsaglia and Tsang's ziggurat of 256 layers
    for (;;) {
      this.draw();
      const layer = this.low & 255, isNegative = this.low & 256;
      const place = (this.low >>> 9) + (this.high & 0x1fffffff) * 8388608; // 52 bits
      const size = place * ZIGGURAT.widths[layer], x = isNegative ? -size : size;
      if (place < ZIGGURAT.limits[layer]) return x;
      if (layer === 0) return this.tail((this.low >>> 17) & 1);
      const [upper, lower] = [ZIGGURAT.heights[layer - 1], ZIGGURAT.heights[layer]];
      if ((upper - lower) * this.double() + lower < Math.exp(-0.5 * x * x)) return x;
    }
  }
  tail(isNegative) {
    for (;;) {
      const beyond = -Math.log1p(-this.double()) * ZIGGURAT.inverse;
      const y = -Math.log1p(-this.double());
      if (y + y > beyond * beyond) {
        const x = ZIGGURAT.start + beyond;
        return isNegative ? -x : x;
      }
    }
  }
}

class Generator { // numpy.random.Generator, with the draws that this book uses
  constructor(sequence) {
    this.sequence = sequence;
    this.bits = new PCG64(sequence);
  }
  spawn(n_children) {
    return this.sequence.spawn(n_children).map((sequence) => new Generator(sequence));
  }
  filled(size, draw, dtype = "float64") {
    if (size === null) return draw();
    const out = empty(shapeOf(size), dtype);
    for (let i = 0; i < out.size; i++) out.data[i] = draw();
    return out;
  }
  random(size = null) {
    return this.filled(size, () => this.bits.double());
  }
  uniform(low = 0, high = 1, size = null) {
    plainNumbers("uniform", low, high);
    const range = high - low;
    return this.filled(size, () => low + range * this.bits.double());
  }
  standard_normal(size = null) {
    return this.filled(size, () => this.bits.gauss());
  }
  normal(loc = 0, scale = 1, size = null) {
    plainNumbers("normal", loc, scale);
    if (scale < 0) raise("ValueError", "scale < 0");
    return this.filled(size, () => loc + scale * this.bits.gauss());
  }
  integers(low, high = null, size = null) {
    const [least, end] = high === null ? [0, low] : [low, high], most = end - least - 1;
    if (!Number.isInteger(least) || !Number.isInteger(end))
      raise("TypeError", "integers wants whole numbers as low and high");
    if (most < 0) raise("ValueError", "low >= high");
    if (most >= WORD - 1) raise("ValueError", "integers: 32 bits at most in the page");
    return this.filled(size, () => least + this.bits.upTo(most), "int64");
  }
  choice(a, size = null, replace = true, p = null) {
    const items = a instanceof NDArray || isList(a) ? asarray(a) : null;
    const n = items ? items.shape[0] : a;
    if (!Number.isInteger(n) || n < 1) raise("ValueError", "a must be a positive integer or not empty");
    const places = p !== null ? this.weighted(n, size, replace, asarray(p))
      : replace ? this.integers(n, null, size) : this.without(n, size);
    return items ? getItem(items, places) : places;
  }
  weighted(n, size, replace, p) { // the place of a uniform draw among the cumulated shares
    const shares = cumsum(p.astype("float64")), total = shares.data[n - 1];
    const slack = p.kind === "float32" ? 3.4e-4 : 1.5e-8; // the root of eps
    if (!replace || shares.size !== n || !(Math.abs(total - 1) < slack) || flatOf(p).some((each) => !(each >= 0)))
      raise("ValueError", "choice wants probabilities, one for each item, that sum to 1");
    return searchsorted(binary("divide", shares, total), this.random(size), "right");
  }
  without(n, size) { // Floyd's draw without replacement, then shuffled
    if (!Number.isInteger(size) || size > n)
      raise("ValueError", "Cannot take a larger sample than population when replace is False");
    if (n > 10000 && size > Math.floor(n / 50))
      raise("ValueError", "choice without replacement: at most 10,000 in the page");
    const seen = new Set(), out = empty([size], "int64");
    for (let last = n - size; last < n; last++) {
      const drawn = this.bits.upTo(last), found = seen.has(drawn) ? last : drawn;
      seen.add(found);
      out.data[last - n + size] = found;
    }
    exchanged(out.data, (i) => this.bits.upTo(i));
    return out;
  }
  permutation(x) {
    const n = typeof x === "number" ? x : x.shape[0], places = empty([n], "int64");
    for (let i = 0; i < n; i++) places.data[i] = i;
    exchanged(places.data, (i) => this.bits.upToMasked(i));
    return typeof x === "number" ? places : getItem(asarray(x), places);
  }
}

function exchanged(items, draw) { // Fisher and Yates, from the end
  for (let i = items.length - 1; i > 0; i--) {
    const j = draw(i);
    const held = items[i];
    items[i] = items[j];
    items[j] = held;
  }
}

function plainNumbers(name, ...values) {
  if (values.some((value) => typeof value !== "number"))
    raise("TypeError", `${name} takes plain numbers in the page, not arrays`);
}

function default_rng(seed) {
  if (seed instanceof Generator) return seed;
  if (![seed].flat().every((each) => Number.isSafeInteger(each) && each >= 0))
    raise("TypeError", "default_rng wants a whole number as seed: the page keeps no entropy");
  return new Generator(new SeedSequence(seed));
}

const DRAWS = { spawn: "n_children", random: "size", uniform: "low high size", standard_normal: "size",
  normal: "loc scale size", integers: "low high size", choice: "a size replace p", permutation: "x" };
for (const [name, takes] of Object.entries(DRAWS)) Generator.prototype[name].takes = takes.split(" ");
