// Sets every formula of the page, in the text, the contents and the outputs, in one go
// as soon as the page has been read.
renderMathInElement(document.body, {
  delimiters: [
    { left: "\\[", right: "\\]", display: true },
    { left: "\\(", right: "\\)", display: false },
  ],
  throwOnError: false,
});
