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
  badge.textContent = "live in the kernel";
  const controls = model.get("controls"), { only, presets } = model.get("view");
  const screen = new NbScreen(canvas, model.get("screen"));
  const buttons = new NbPresets(Object.entries(presets),
    (label) => { forget(); model.send({ want: "preset", label }); });
  const reset = nbButton("Reset", "nb-reset",
    () => { pin.drop(); forget(); model.send({ want: "reset" }); });
  const copy = new NbCopy(() => nbCode(
    { explorer: model.get("explorer"), only, controls }, model.get("state").settings));
  const pin = new NbPin(screen, (settings) => controls
    .map((control) => [control.label, nbText(control, settings[control.name])]));
  let run, stale; // the number of the run that is shown, and of one that was left
  const play = !model.get("plays") ? undefined : new NbPlay(el, {
    again(pace) { stale = run; model.send({ want: "again", pace }); },
    play: (pace) => model.send({ want: "play", pace }),
    pause: () => model.send({ want: "play", pace: 0 }),
    step: () => model.send({ want: "step" }),
  }, (frame) => show(frame), model.get("has_steps"));
  const foot = document.createElement("div");
  foot.className = "nb-foot";
  foot.append(badge, reset, copy.button, pin.button, copy.label, copy.field, pin.label);
  const grips = controls.filter(({ name, grips }) => grips && only.includes(name))
    .map((control) => nbGrips(screen, control, (rows) =>
      model.send({ want: "grab", name: control.name, rows })));
  const forget = () => grips.forEach((grip) => grip.forget());
  el.replaceChildren(buttons.row, ...(play ? [play.row] : []),
    ...grips.map((grip) => grip.row), stage, line, foot);

  const say = (text, isLast) => { // a screen reader hears the end of a movement
    line.setAttribute("aria-live", isLast ? "polite" : "off");
    nbWrite(line, text);
  };
  const paint = ({ still, moving, settings, places }) => {
    screen.set(still, moving, settings);
    for (const grip of grips) grip.set(settings[grip.name], places[grip.name]);
  };
  const show = (frame) => {
    paint(frame);
    if (frame.isLast) pin.offer();
    canvas.setAttribute("aria-label", `${model.get("title")}. ${frame.sentence}`);
    say(frame.sentence, frame.isLast);
  };
  const update = () => {
    const { settings, sentence, error, done, step, run: now } = model.get("state");
    const frame = { settings, sentence, step, isLast: done, places: model.get("places"),
      still: nbWords(model.get("still")), moving: nbWords(model.get("moving")) };
    if (error) forget();
    buttons.mark(settings);
    stage.classList.toggle("nb-busy", !done);
    stage.classList.toggle("nb-failed", Boolean(error));
    line.classList.toggle("nb-error", Boolean(error));
    if (error) {
      play?.turn("rest");
      paint(frame);
      say(error, done);
    } else if (!play || step === null) show(frame);
    else if (now !== stale) {
      if (now !== run && play.isOld) play.begin();
      run = now;
      play.take(frame);
    }
  };
  const lose = () => {
    badge.textContent = "stopped";
    line.textContent = "The kernel was restarted or stopped, so nothing answers here: "
      + "run this cell again to make it move.";
    line.classList.add("nb-error");
    for (const button of el.querySelectorAll(".nb-preset, .nb-reset")) button.disabled = true;
    play?.close();
  };
  const kernel = model.widget_manager?.kernel; // where the front end lets us see it
  const check = () => requestAnimationFrame(() => { // the front end marks what it lost
    if (kernel?.isDisposed || el.closest(".jupyter-widgets-disconnected")) lose();
  });
  const hear = (_, status) => (status === "autorestarting" || status === "dead" ? lose() : check());
  kernel?.statusChanged?.connect(hear);
  model.on("change:state", update);
  model.on("comm_live_update", check);
  update();
  const inPage = new ResizeObserver(() => {
    inPage.disconnect();
    keepKeys(el);
    lockReadouts(el);
    check();
  });
  inPage.observe(el);
  return () => {
    model.off("change:state", update);
    model.off("comm_live_update", check);
    kernel?.statusChanged?.disconnect(hear);
    screen.close();
    grips.forEach((grip) => grip.close());
    play?.close();
    inPage.disconnect();
  };
}

function lockReadouts(el) {
  // A number beside a slider can be typed over, and then says what was never taken: it
  // is there to be read. Sliders may appear after the canvas.
  const box = el.closest(".widget-vbox");
  const lock = () => box.querySelectorAll(".widget-readout[contenteditable=true]")
    .forEach((readout) => { readout.contentEditable = "false"; });
  if (box) new MutationObserver(lock).observe(box, { childList: true, subtree: true });
  if (box) lock();
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
