// Where ticks stand and what they say, as matplotlib's locators and formatters do.

function maxNTicks([first, second], { bins, steps, isInteger, least, prune }) { // MaxNLocator
  const [low, high] = [Math.min(first, second), Math.max(first, second)];
  const [scale, offset] = scaleOf(low, high, bins), a = low - offset, b = high - offset;
  let sizes = steps.map((each) => each * scale);
  if (isInteger) sizes = sizes.filter((each) => each < 1 || Math.abs(each - roundedToEven(each)) < 0.001);
  const big = sizes.findIndex((each) => each >= (b - a) / bins);
  let ticks = [];
  for (let k = big < 0 ? sizes.length - 1 : big; k >= 0; k--) {
    const isWhole = isInteger && Math.floor(b) - Math.ceil(a) >= least - 1, step = isWhole ? Math.max(1, sizes[k]) : sizes[k];
    ticks = ticksOfStep(a, b, step, offset);
    if (ticks.filter((each) => each <= b && each >= a).length >= least) break;
  }
  const found = ticks.map((each) => each + offset);
  return found.slice(prune === "lower" || prune === "both" ? 1 : 0, prune === "upper" || prune === "both" ? -1 : undefined);
}

function scaleOf(low, high, bins) { // matplotlib's scale_range
  const span = Math.abs(high - low), middle = (high + low) / 2;
  const offset = Math.abs(middle) / span < 100 ? 0 : (middle < 0 ? -1 : 1) * 10 ** Math.floor(Math.log10(Math.abs(middle)));
  return [10 ** Math.floor(Math.log10(span / bins)), offset];
}

function ticksOfStep(a, b, step, offset) {
  const start = floorDivided(a, step) * step;
  const slack = Math.abs(offset) > 0 ? Math.min(0.4999, Math.max(1e-10, 10 ** (Math.log10(Math.abs(offset) / step) - 12))) : 1e-10;
  const split = (x) => { const whole = floorDivided(x, step); return [whole, (x - whole * step) / step]; };
  const [m, low] = split(a - start), [n, high] = split(b - start);
  const from = Math.abs(low - 1) < slack ? m + 1 : m, to = Math.abs(high) < slack ? n : n + 1;
  return Array.from({ length: to - from + 1 }, (_, i) => (from + i) * step + start);
}

const tenTo = (power) => Number(`1e${power}`);
function logTicks([first, second], { most }) { // LogLocator of base 10: whole powers
  const [low, high] = [Math.min(first, second), Math.max(first, second)];
  const [from, to] = [Math.log10(low), Math.log10(high)], start = Math.ceil(from), end = Math.floor(to), n = end - start + 1;
  let stride = Math.floor(n / (most + 1)) + 1, wanted = Math.min(most, Math.ceil(n / stride));
  if (wanted === 0) return [start - 1, end + 1].map(tenTo);
  if (wanted === 1) {
    const middle = roundedToEven((from + to) / 2);
    stride = Math.max(middle - (start - 1), end + 1 - middle);
    return [middle - stride, middle, middle + stride].map(tenTo);
  }
  stride = Math.floor((n - 1) / (wanted - 1));
  if (stride < n / wanted) stride = Math.floor(n / wanted);
  const least = Math.max(n - stride * wanted, 0), bound = Math.min(n - stride * (wanted - 1), stride);
  const exact = remainder(-start, stride), shift = least <= exact && exact < bound ? exact : least, ticks = [];
  for (let power = start + shift - stride; power <= end + stride; power += stride) ticks.push(tenTo(power));
  return ticks;
}

// labels

function plainLabels(ticks, view) { // ScalarFormatter
  const [low, high] = [Math.min(...view), Math.max(...view)], shown = ticks.filter((each) => each >= low && each <= high);
  refuseOffset(shown);
  const most = Math.max(0, ...shown.map(Math.abs)), power = most ? Math.floor(Math.log10(most)) : 0;
  if (power <= -5 || power >= 6) raise("ValueError", "the page writes no ticks in powers of ten");
  const digits = digitsOfTicks(ticks, ticks.length < 2 ? [...ticks, ...view] : ticks);
  return ticks.map((each) => {
    const value = Math.abs(each) < 1e-8 ? 0 : each;
    return (value < 0 ? "−" : "") + fixed(Math.abs(value), digits);
  });
}

function digitsOfTicks(ticks, all) {
  const span = Math.max(...all) - Math.min(...all) || Math.max(...all.map(Math.abs)) || 1;
  const power = Math.floor(Math.log10(span)), small = 1e-3 * 10 ** power;
  let digits = Math.max(0, 3 - power);
  const isExact = (each) => Math.abs(each - roundedToEven(each * 10 ** digits) / 10 ** digits) < small;
  while (digits >= 0 && ticks.every(isExact)) digits--;
  return digits + 1;
}

function refuseOffset(shown) { // where matplotlib would write a number at the axis's end
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  if (shown.length < 2 || low === high || (low <= 0 && high >= 0)) return;
  const [a, b] = [Math.abs(low), Math.abs(high)].sort((p, q) => p - q), whole = (value, power) => Math.floor(value / 10 ** power);
  let power = Math.ceil(Math.log10(b));
  while (whole(a, power) === whole(b, power)) power--;
  power++;
  if ((b - a) / 10 ** power <= 1e-2) {
    power = Math.ceil(Math.log10(b));
    while (whole(b, power) - whole(a, power) <= 1) power--;
    power++;
  }
  if (whole(b, power) >= 1000) raise("ValueError", "the page writes no ticks with an offset");
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const powersOfTen = (ticks) => ticks.map((each) => {
  const power = Number(scientific(each, 0).split("e")[1]);
  return `10${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((digit) => RAISED[digit]).join("")}`;
});
