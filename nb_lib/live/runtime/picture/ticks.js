// Where ticks stand and what they say, as matplotlib's locators and formatters do.

function maxNTicks([first, second], { bins, steps, isInteger, least, prune }) { // MaxNLocator
  const [low, high] = [Math.min(first, second), Math.max(first, second)], unit = 10 ** Math.floor(Math.log10((high - low) / bins));
  let sizes = steps.map((each) => each * unit);
  if (isInteger) sizes = sizes.filter((each) => each < 1 || Math.abs(each - roundedToEven(each)) < 0.001);
  const big = sizes.findIndex((each) => each >= (high - low) / bins), isWhole = isInteger && Math.floor(high) - Math.ceil(low) >= least - 1;
  let ticks = [];
  for (let k = big < 0 ? sizes.length - 1 : big; k >= 0; k--) {
    ticks = ticksOfStep(low, high, isWhole ? Math.max(1, sizes[k]) : sizes[k]);
    if (ticks.filter((each) => each <= high && each >= low).length >= least) break;
  }
  return ticks.slice(prune === "lower" || prune === "both" ? 1 : 0, prune === "upper" || prune === "both" ? -1 : undefined);
}

function ticksOfStep(low, high, step) {
  const start = floorDivided(low, step) * step;
  const split = (x) => { const whole = floorDivided(x, step); return [whole, (x - whole * step) / step]; };
  const [m, before] = split(low - start), [n, after] = split(high - start);
  const from = Math.abs(before - 1) < 1e-10 ? m + 1 : m, to = Math.abs(after) < 1e-10 ? n : n + 1;
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

const FARTHEST = 100; // of its lengths an axis may lie from 0: then matplotlib writes a number at its end

function plainLabels(ticks, view) { // ScalarFormatter
  const [low, high] = [Math.min(...view), Math.max(...view)], shown = ticks.filter((each) => each >= low && each <= high);
  const most = Math.max(0, ...shown.map(Math.abs)), power = most ? Math.floor(Math.log10(most)) : 0;
  if (power <= -5 || power >= 6 || Math.abs(low + high) / 2 >= FARTHEST * (high - low))
    raise("ValueError", "the page writes no ticks in powers of ten or far from 0");
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

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const powersOfTen = (ticks) => ticks.map((each) => {
  const power = Number(scientific(each, 0).split("e")[1]);
  return `10${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((digit) => RAISED[digit]).join("")}`;
});
