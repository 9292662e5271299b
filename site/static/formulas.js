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
  const faces = ["1em 'Source Serif 4'", "600 1em 'Source Serif 4'",
    "italic 1em 'Source Serif 4'", "1em KaTeX_Main", "italic 1em KaTeX_Math"];
  Promise.allSettled(faces.map((face) => document.fonts.load(face)))
    .then(() => document.documentElement.classList.remove("nb-setting"));
}
