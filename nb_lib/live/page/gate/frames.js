// Between the runtime and a program: the frame that is shown last, and its numbers.

globalThis.nbGate = (() => {
  const DEEPEST = 6; // records within records that are looked into
  function numbersOf(frame) { // as frames.py
    const layout = [], parts = [];
    const keep = (name, sizes, values) => {
      layout.push([name, sizes]);
      parts.push(values);
    };
    const visit = (name, value, deepest) => {
      if (value === null) layout.push([name, "None"]);
      else if (typeof value === "string") layout.push([name, value]);
      else if (isNumber(value)) keep(name, [], [Number(value)]);
      else if (value instanceof NDArray) keep(name, value.sizes, flatOf(value));
      else if (value === undefined || !deepest) layout.push([name, `the page's ${typeof value}`]);
      else if (value.isDataclass)
        for (const field of value.constructor.fieldNames) visit(`${name}.${field}`, value[field], deepest - 1);
      else if (isList(value)) value.forEach((part, i) => visit(`${name}[${i}]`, part, deepest - 1));
      else if (value instanceof Set) visit(name, [...value].sort(ordered), deepest);
      else if (value instanceof Map) [...value.values()].forEach((part, i) => visit(`${name}{${i}}`, part, deepest - 1));
      else layout.push([name, `the page's ${typeof value}`]);
    };
    visit("", frame, DEEPEST);
    return [layout, Float64Array.from(parts.flatMap((part) => [...part]))];
  }

  const gate = { frame: null, numbers: () => numbersOf(gate.frame) };
  engine = ((make) => (parts) => make({
    ...parts,
    show(frame) {
      gate.frame = frame;
      return parts.show(frame);
    },
  }))(engine);
  return gate;
})();
