// Numbers and values as words, as Python writes them: format(), str(), repr().

const SPEC = /^(?:(.)?([<>^=]))?([+\- ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/;

function format(value, spec, isRepr = false) {
  if (value?.__format__) return value.__format__(spec);
  if (value instanceof NDArray && value.ndim === 0) return format(value.item(), spec, isRepr);
  if (spec === "") return isRepr ? repr(value) : str(value);
  const parts = SPEC.exec(spec) ?? raise("ValueError", `Invalid format specifier '${spec}'`);
  const [, fill = parts[5] ?? " ", align, sign, hash, zero, width, group, precision, type] = parts;
  if (hash) raise("ValueError", `the page writes no '#' in '${spec}'`);
  if (typeof value === "string") {
    if (align === "=") raise("ValueError", "'=' alignment not allowed in string format specifier");
    const word = precision === undefined ? value : value.slice(0, precision);
    return padded(word, fill, align ?? "<", width);
  }
  if (!isNumber(value)) raise("TypeError", `unsupported format string for ${typeName(value)}`);
  const number = Number(value), isNegative = number < 0 || Object.is(number, -0);
  const digits = grouped(digitsOf(Math.abs(number), type, precision), group);
  const mark = isNegative ? "-" : sign === "+" || sign === " " ? sign : "";
  if (align !== "=" && !(zero && !align)) return padded(mark + digits, fill, align ?? ">", width);
  if (group && fill === "0" && width > mark.length + digits.length) raise("ValueError", `the page writes no zeros in groups: '${spec}'`);
  return mark + digits.padStart((width ?? 0) - mark.length, fill);
}

function padded(word, fill, align, width = 0) {
  const rest = Math.max(0, width - [...word].length);
  if (align === "<") return word + fill.repeat(rest);
  return align === "^" ? fill.repeat(rest >> 1) + word + fill.repeat(rest - (rest >> 1)) : fill.repeat(rest) + word;
}

function grouped(digits, mark) {
  if (!mark) return digits;
  return digits.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, mark));
}

function digitsOf(size, type, precision) { // of a number that is not negative
  if (size !== size) return type === "%" ? "nan%" : "nan";
  if (size === Infinity) return type === "%" ? "inf%" : "inf";
  const places = precision === undefined ? 6 : Number(precision);
  if (type === "f" || type === "F") return fixed(size, places);
  if (type === "%") return `${fixed(size * 100, places)}%`;
  if (type === "e") return exponent(scientific(size, places));
  if (type === "g") return shortest(size, Math.max(places, 1));
  if (type === undefined && precision !== undefined) return withPoint(size, Math.max(places, 1));
  if (type === "d" && !Number.isInteger(size)) raise("ValueError", "Unknown format code 'd' for object of type 'float'");
  if (type === "d" || type === undefined) return str(size);
  return raise("ValueError", `the page knows no format code '${type}'`);
}

function shortest(size, places) { // "g": without zeros at the end
  const power = size === 0 ? 0 : Number(scientific(size, places - 1).split("e")[1]);
  if (power < -4 || power >= places) return exponent(stripped(scientific(size, places - 1)));
  return stripped(fixed(size, places - 1 - power));
}

function withPoint(size, places) { // as "g", but never as a whole number
  const long = scientific(size, places - 1);
  if (long.split("e")[1] >= places - 1) return exponent(stripped(long));
  const digits = shortest(size, places);
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

const stripped = (digits) => digits.replace(/(\.\d*?)0+(e|$)/, "$1$2").replace(/\.(e|$)/, "$1");
const exponent = (digits) => digits.replace(/e([+-])(\d)$/, "e$10$2");

// A double is a whole number times a power of two: its digits are exact in BigInt, so
// that ties are seen as ties and go to the even digit, as in Python.

function exactly(size) { // [whole, k]: size = whole / 2 ** k
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0), power = Number((bits >> 52n) & 2047n);
  const fraction = bits & ((1n << 52n) - 1n);
  return power ? [fraction | (1n << 52n), 1075 - power] : [fraction, 1074];
}

function rounded(size, places) { // size * 10 ** places to a whole number, ties to even
  const [whole, k] = exactly(size);
  let top = whole, bottom = 1n;
  if (places >= 0) top *= 10n ** BigInt(places);
  else bottom *= 10n ** BigInt(-places);
  if (k >= 0) bottom <<= BigInt(k);
  else top <<= BigInt(-k);
  const floor = top / bottom, rest = 2n * (top % bottom);
  return rest > bottom || (rest === bottom && floor % 2n === 1n) ? floor + 1n : floor;
}

function fixed(size, places) {
  const digits = rounded(size, places).toString().padStart(places + 1, "0");
  return places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
}

function scientific(size, places) {
  if (size === 0) return `${places ? `0.${"0".repeat(places)}` : "0"}e+0`;
  let power = Number(size.toExponential().split("e")[1]);
  let digits = rounded(size, places - power).toString();
  if (digits.length > places + 1) digits = rounded(size, places - ++power).toString();
  const head = places ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${head}e${power < 0 ? "-" : "+"}${Math.abs(power)}`;
}

function str(value) {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return numberWord(value);
  if (typeof value === "string") return value;
  if (value instanceof Tuple) return `(${value.map(repr).join(", ")}${value.length === 1 ? "," : ""})`;
  if (isList(value)) return `[${value.map(repr).join(", ")}]`;
  if (value.__str__) return value.__str__();
  return raise("TypeError", `the page writes no ${typeName(value)}`);
}

function quoted(word) {
  const mark = word.includes("'") && !word.includes('"') ? '"' : "'";
  const escaped = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", [mark]: `\\${mark}` };
  return mark + word.replace(/[\n\r\t\\'"]/g, (each) => escaped[each] ?? each) + mark;
}
const repr = (value) => (typeof value === "string" ? quoted(value) : value?.__repr__ ? value.__repr__() : str(value));

function numberWord(value) { // a whole number is written as Python writes an int
  if (value !== value) return "nan";
  if (Math.abs(value) === Infinity) return value < 0 ? "-inf" : "inf";
  if (Number.isInteger(value)) return Math.abs(value) < 1e16 ? String(value) : exponent(String(value));
  const [digits, power] = value.toExponential().split("e");
  return power < -4 ? exponent(`${digits}e${power}`) : String(value);
}
op.format = format;
