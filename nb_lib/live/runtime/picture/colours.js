// A linear colour map of matplotlib, between anchors [place, red, green, blue, alpha].

function colourMap(anchors, n = 256) {
  const colours = Array.from({ length: n }, (_, i) => {
    const x = i / (n - 1), k = Math.max(1, anchors.findIndex(([place]) => place >= x)), [from, to] = [anchors[k - 1], anchors[k]];
    return tuple([1, 2, 3, 4].map((j) => from[j] + ((x - from[0]) / (to[0] - from[0])) * (to[j] - from[j])));
  });
  return (share) => {
    if (!isNumber(share) || share !== share) raise("TypeError", "the page maps one number at a time to a colour");
    return colours[Math.max(0, Math.min(n - 1, Math.floor(share * n)))];
  };
}
