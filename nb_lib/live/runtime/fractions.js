// Python's Fraction: whole numbers of any size above and below the line.

const divisor = (p, q) => (q === 0n ? (p < 0n ? -p : p) : divisor(q, p % q));

class FractionValue {
  constructor(top, bottom) {
    if (bottom === 0n) raise("ZeroDivisionError", `Fraction(${top}, 0)`);
    const shared = divisor(top, bottom) * (bottom < 0n ? -1n : 1n);
    [this.top, this.bottom] = [top / shared, bottom / shared];
  }
  get numerator() { return Number(this.top); }
  get denominator() { return Number(this.bottom); }
  __neg__() { return new FractionValue(-this.top, this.bottom); }
  __abs__() { return this.top < 0n ? this.__neg__() : this; }
  __bool__() { return this.top !== 0n; }
  __float__() { return Number(this.top) / Number(this.bottom); }
  __str__() { return this.bottom === 1n ? String(this.top) : `${this.top}/${this.bottom}`; }
  __repr__() { return `Fraction(${this.top}, ${this.bottom})`; }
  __format__(spec) { return spec === "" ? this.__str__() : format(this.__float__(), spec); }
}

function fractionOf(value) { // a whole number or a fraction; null for anything else
  if (value instanceof FractionValue) return value;
  return Number.isInteger(value) ? new FractionValue(BigInt(value), 1n) : null;
}

const OF_FRACTIONS = {
  add: (a, b) => new FractionValue(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom),
  sub: (a, b) => new FractionValue(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom),
  mul: (a, b) => new FractionValue(a.top * b.top, a.bottom * b.bottom),
  truediv: (a, b) => new FractionValue(a.top * b.bottom, a.bottom * b.top),
  lt: (a, b) => a.top * b.bottom < b.top * a.bottom,
  le: (a, b) => a.top * b.bottom <= b.top * a.bottom,
  gt: (a, b) => a.top * b.bottom > b.top * a.bottom,
  ge: (a, b) => a.top * b.bottom >= b.top * a.bottom,
  eq: (a, b) => a.top * b.bottom === b.top * a.bottom,
};
const OF_FLOATS = { add: "add", sub: "subtract", mul: "multiply", truediv: "divide", lt: "less", le: "less_equal",
  gt: "greater", ge: "greater_equal", eq: "equal" };
for (const [name, f] of Object.entries(OF_FRACTIONS)) { // beside a float, a fraction is one
  FractionValue.prototype[`__${name}__`] = function ofThis(other) {
    const fraction = fractionOf(other);
    return fraction ? f(this, fraction) : op[OF_FLOATS[name]](this.__float__(), other);
  };
  FractionValue.prototype[`__r${name}__`] = function toThis(other) {
    const fraction = fractionOf(other);
    return fraction ? f(fraction, this) : op[OF_FLOATS[name]](other, this.__float__());
  };
}

const fractions = {
  Fraction: Object.assign(
    (top = 0, bottom = 1) => {
      if (typeof top === "string") return fractions.Fraction(...top.split("/").map(Number));
      if (Number.isInteger(top) && Number.isInteger(bottom)) return new FractionValue(BigInt(top), BigInt(bottom));
      const [p, q] = [fractionOf(top), fractionOf(bottom)];
      return p && q ? OF_FRACTIONS.truediv(p, q) : raise("TypeError", "the page makes fractions of whole numbers");
    },
    { typeName: "Fraction", isType: true, pyName: "Fraction", type: FractionValue },
  ),
};
