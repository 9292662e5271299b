// A walk through a drawing (walk.py): a part is clicked, its number entered, a sentence
// answers. All numbers and sentences come with the markup.

const NB_LONGEST = 200; // characters of a calculation: more is no answer

function nbNumber(text) {
  // Read a number, or a calculation such as 0.5 * (1 - 3/8); NaN for anything else.
  if (text.length > NB_LONGEST) return NaN;
  const words = text.replace(/[−–—‐‑]/g, "-").replace(/[×·]/g, "*").replace(/÷/g, "/")
    .replace(/,/g, ".");
  const tokens = words.match(/(\d+\.?\d*|\.\d+)(e[-+]?\d+)?|[-+*/()]|[^\s]/gi) ?? [];
  let at = 0;
  const take = (...signs) => (signs.includes(tokens[at]) ? tokens[at++] : null);
  const atom = () => {
    if (take("-")) return -atom();
    if (take("+")) return atom();
    if (take("(")) {
      const inner = sum();
      return take(")") ? inner : NaN;
    }
    return /^[\d.]/.test(tokens[at] ?? "") ? Number(tokens[at++]) : NaN;
  };
  const chain = (next, apply) => () => {
    let value = next();
    for (let sign; (sign = take(...Object.keys(apply)));) value = apply[sign](value, next());
    return value;
  };
  const product = chain(atom, { "*": (a, b) => a * b, "/": (a, b) => a / b });
  const sum = chain(product, { "+": (a, b) => a + b, "-": (a, b) => a - b });
  const value = sum();
  return at === tokens.length ? value : NaN;
}

function nbVerdict(step, value) {
  // Judge a number: [is it right, what to say]. The right one is looked for first.
  if (!Number.isFinite(value)) {
    return [false, "Write a number, or a calculation such as 0.5 * (1 - 0.5)."];
  }
  const near = (other) => Math.abs(value - other) <= step.tolerance;
  if (near(step.wanted)) return [true, step.done];
  const slip = step.slips.find(([wrong]) => near(wrong));
  if (slip) return [false, slip[1]];
  if (nbIsCoarse(value, step.wanted)) return [false, "Close, but too coarse: keep four decimals."];
  return [false, `Not this number. ${step.hint}`];
}

function nbIsCoarse(value, wanted) {
  // Whether a number is the wanted one, rounded too early.
  const isRounded = [1, 2, 3].some((digits) => Number(wanted.toFixed(digits)) === value);
  return value !== 0 && (isRounded || Math.abs(value - wanted) <= 0.03 * Math.abs(wanted));
}

function nbWalk(root) {
  // Bring one walk to life.
  const steps = JSON.parse(root.dataset.steps);
  const find = (selector) => root.querySelector(selector);
  const [form, field, asked] = ["form", "input", ".nb-asked"].map(find);
  const parts = [...root.querySelectorAll("button[data-step]")];
  const known = new Set();
  let chosen = null;
  const say = (isRight, words) => {
    const line = find(".nb-say");
    line.className = `nb-say ${isRight ? "nb-right" : "nb-wrong"}`;
    line.textContent = `${isRight ? "✓" : "✗"} ${words}`;
  };
  const choose = (part) => {
    const { asked: name, needs, done } = steps[part.dataset.step];
    const early = needs.find(([other]) => !known.has(other));
    if (known.has(part.dataset.step)) return say(true, done);
    if (early) return say(false, early[1]);
    chosen = part;
    for (const each of parts) each.setAttribute("aria-pressed", String(each === part));
    asked.textContent = `${name} =`;
    field.disabled = find("form button").disabled = false;
    field.value = "";
    field.focus();
  };
  const check = (event) => {
    event.preventDefault();
    if (!chosen) return;
    const [isRight, words] = nbVerdict(steps[chosen.dataset.step], nbNumber(field.value));
    say(isRight, words);
    if (isRight) settle();
  };
  const settle = () => {
    const { short, wanted } = steps[chosen.dataset.step];
    known.add(chosen.dataset.step);
    chosen.classList.add("nb-known");
    chosen.querySelector("b").textContent = `${short} ${wanted.toFixed(4)}`.replace("-", "−");
    chosen.setAttribute("aria-pressed", "false");
    chosen.focus();
    chosen = null;
    field.value = "";
    field.disabled = find("form button").disabled = true;
    const left = parts.length - known.size;
    asked.textContent = left ? `Click the next part (${left} to go)` : "All of them found.";
  };
  for (const part of parts) part.addEventListener("click", () => choose(part));
  form.addEventListener("submit", check);
  field.addEventListener("keydown", (event) => { // JupyterLab keeps Enter from the form
    if (event.key === "Enter") check(event);
  });
  root.classList.add("nb-alive");
}

function nbWalkIn(place, page) {
  // Put the markup into a live cell and bring it to life.
  place.innerHTML = page;
  nbWalk(place.querySelector(".nb-walk"));
}

// On a page of the book this is a classic script; in a live cell, part of a module.
if (document.currentScript) document.querySelectorAll(".nb-walk").forEach(nbWalk);
