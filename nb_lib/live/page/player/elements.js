// Pieces of a page. What they hold is text, never markup.

function element(tag, props = {}, ...children) {
  const { role, label, live, ...plain } = props;
  const node = Object.assign(document.createElement(tag), plain);
  if (role) node.setAttribute("role", role);
  if (label) node.setAttribute("aria-label", label);
  if (live) node.setAttribute("aria-live", live);
  node.append(...children);
  return node;
}

const LONG = 16; // letters of a list that half a phone has room for, as in places.py

class Field {
  // One control as a native range or list. `choice` holds the places of the stops that
  // it can rest on; `move(value)` is called while it is moved, `rest()` afterwards.
  constructor(id, control, move, rest) {
    Object.assign(this, { control });
    this.isRange = !["Choice", "Toggle"].includes(control.kind);
    this.field = this.isRange ? element("input", { id, type: "range", min: 0, step: 1 })
      : element("select", { id });
    this.value = element("output", { htmlFor: id });
    this.missed = element("span", { className: "nb-wanted" });
    this.field.addEventListener("input", () =>
      move(control.stops[this.choice[Number(this.field.value)]]));
    this.field.addEventListener("change", rest);
    const label = element("label", { htmlFor: id, textContent: control.label });
    this.row = element("div", { className: "nb-control" }, label, this.field);
    if (this.isRange) this.row.append(this.value);
    else this.row.classList.toggle("nb-long", control.texts.some(({ length }) => length > LONG));
    this.row.append(this.missed);
  }

  offer(choice) {
    this.choice = choice;
    if (this.isRange) this.field.max = choice.length - 1;
    else {
      this.field.replaceChildren(...choice.map((stop, k) =>
        element("option", { value: k, textContent: this.control.texts[stop] })));
    }
  }

  set(value, wanted) {
    const text = textOf(this.control, value);
    this.field.value = this.choice.indexOf(this.control.stops.indexOf(value));
    this.missed.textContent = value === wanted ? ""
      : `wanted: ${textOf(this.control, wanted)}`;
    if (!this.isRange) return;
    this.value.textContent = text;
    this.field.setAttribute("aria-valuetext", text);
  }
}
