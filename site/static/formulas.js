// Sets every formula of the page, in the text, the contents and the outputs, in one go
// as soon as the page has been read. The text waits for it, so that no line moves.
try {
  renderMathInElement(document.body, {
    delimiters: [
      { left: "\\[", right: "\\]", display: true },
      { left: "\\(", right: "\\)", display: false },
    ],
    throwOnError: false,
  });
} finally {
  document.body.offsetWidth; // lays the page out, which asks for its fonts
  document.fonts.ready.then(() => document.documentElement.classList.remove("nb-setting"));
}
