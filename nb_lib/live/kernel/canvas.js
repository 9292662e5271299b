// The live canvas: an anywidget that shows what the kernel sends. It is appended to
// paint.js, which draws, and to buttons.js.

function render({ model, el }) {
  el.classList.add("nb-explorer");
  el.dataset.explorer = model.get("explorer");
  const stage = document.createElement("div");
  stage.className = "nb-stage";
  const canvas = stage.appendChild(document.createElement("canvas"));
  canvas.setAttribute("role", "img");
  const line = document.createElement("p");
  line.className = "nb-sentence";
  line.setAttribute("aria-live", "polite");
  const badge = document.createElement("span");
  badge.className = "nb-explorer-badge";
  badge.textContent = "live";
  const controls = model.get("controls"), { only, presets } = model.get("view");
  const screen = new NbScreen(canvas, model.get("screen"));
  const buttons = new NbPresets(Object.entries(presets),
    (label) => model.send({ want: "preset", label }));
  const reset = nbButton("Reset", "nb-reset", () => model.send({ want: "reset" }));
  const copy = new NbCopy(() => nbCode(
    { explorer: model.get("explorer"), only, controls }, model.get("state").settings));
  const pin = new NbPin(() => screen, (settings) => controls
    .map(({ name, label, stops, texts }) => [label, texts[stops.indexOf(settings[name])]]));
  const foot = document.createElement("div");
  foot.className = "nb-foot";
  foot.append(badge, reset, copy.button, pin.button, copy.label, copy.field, pin.label);
  el.replaceChildren(buttons.row, stage, line, foot);

  const update = () => {
    const { settings, sentence, error, done } = model.get("state");
    screen.set(nbWords(model.get("still")), nbWords(model.get("moving")), settings);
    buttons.mark(settings);
    stage.classList.toggle("nb-busy", !done);
    stage.classList.toggle("nb-failed", Boolean(error));
    if (!done) return; // a screen reader hears the end of a movement, not its course
    line.textContent = error || sentence;
    line.classList.toggle("nb-error", Boolean(error));
    canvas.setAttribute("aria-label", `${model.get("title")}. ${sentence}`);
  };
  model.on("change:state", update);
  update();
  const inPage = new ResizeObserver(() => { inPage.disconnect(); keepKeys(el); });
  inPage.observe(el);
  return () => { model.off("change:state", update); screen.close(); inPage.disconnect(); };
}

function keepKeys(el) {
  // JupyterLab takes arrows and letters from a focused list, Notebook 7 also from a
  // slider: they would walk through the notebook, or delete a cell, instead of moving
  // the control. This attribute stops it.
  el.closest(".widget-vbox")?.addEventListener("focusin", ({ target }) => {
    if (!target.matches("select, [role=slider]")) return;
    target.setAttribute("data-lm-suppress-shortcuts", "true");
  });
}

export default { render };
