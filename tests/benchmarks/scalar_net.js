// A network of nodes and links, one number each, one example after the other: the way in
// which teaching pages usually compute. Two classes, rectified units, squared errors.

function scalarNet(sizes) {
  const layers = sizes.map((size) => Array.from({ length: size }, () => ({
    bias: 0.1, total: 0, output: 0, slope: 0, delta: 0, sum: 0, inputs: [], outputs: [],
  })));
  for (let l = 1; l < layers.length; l++)
    for (const target of layers[l])
      for (const source of layers[l - 1]) {
        const link = { source, target, weight: (Math.random() - 0.5) * Math.sqrt(12 / sizes[l - 1]), sum: 0 };
        target.inputs.push(link);
        source.outputs.push(link);
      }
  const last = layers[layers.length - 1], inner = layers.slice(1);

  function forward(x) {
    layers[0].forEach((node, i) => { node.output = x[i]; });
    for (const layer of inner)
      for (const node of layer) {
        node.total = node.bias;
        for (const link of node.inputs) node.total += link.weight * link.source.output;
        node.slope = layer === last || node.total > 0 ? 1 : 0;
        node.output = node.slope * node.total;
      }
  }

  function backward(label) {
    last.forEach((node, i) => { node.delta = node.output - Number(i === label); });
    for (let l = layers.length - 1; l > 0; l--)
      for (const node of layers[l]) {
        if (layers[l] !== last) {
          node.delta = 0;
          for (const link of node.outputs) node.delta += link.weight * link.target.delta;
          node.delta *= node.slope;
        }
        node.sum += node.delta;
        for (const link of node.inputs) link.sum += node.delta * link.source.output;
      }
  }

  function update(rate) {
    for (const layer of inner)
      for (const node of layer) {
        node.bias -= rate * node.sum;
        node.sum = 0;
        for (const link of node.inputs) {
          link.weight -= rate * link.sum;
          link.sum = 0;
        }
      }
  }

  return function step(batch, labels, rate) {
    batch.forEach((x, i) => {
      forward(x);
      backward(labels[i]);
    });
    update(rate / batch.length);
    return last[0].output;
  };
}
