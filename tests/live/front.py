"""A page that shows one anywidget without Jupyter: a model that a test can hear."""

import base64

RENDER = """async (state) => {
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
  for (const [name, value] of Object.entries(state)) {
    if (value?.base64 !== undefined) state[name] = new DataView(bytes(value.base64));
  }
  const script = new Blob([state._esm], { type: "text/javascript" });
  const { default: widget } = await import(URL.createObjectURL(script));
  const hear = {};
  window.sent = [];
  window.model = {
    get: (name) => state[name],
    on: (name, act) => { hear[name] = act; },
    off: (name) => { delete hear[name]; },
    send: (content, _callbacks, buffers) => sent.push({ ...content, buffers }),
    set: (name, value) => { state[name] = value; hear[`change:${name}`]?.(); },
  };
  const style = document.head.appendChild(document.createElement("style"));
  style.textContent = state._css;
  const el = document.body.appendChild(document.createElement("div"));
  widget.render({ model, el });
}"""


def show(page, widget):
    """Render the widget as it is now; ``model`` and ``sent`` are the page's own."""
    page.set_content("<!doctype html><body style='margin: 0'></body>")
    state = widget.get_state()
    for name, value in state.items():
        if isinstance(value, bytes | memoryview):
            state[name] = {"base64": base64.b64encode(value).decode()}
    del state["layout"]
    page.evaluate(RENDER, state)
