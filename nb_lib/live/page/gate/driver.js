// Behind a program: a line of settings comes in, a line with what they show goes out.

(() => {
  const { readFileSync, writeSync } = require("node:fs");
  const packed = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64");

  function answer({ id, settings }) {
    try {
      const run = globalThis.nbEngines[id].begin(settings);
      while (run.next());
      const { still, moving, sentence } = run.frame(), [layout, numbers] = globalThis.nbGate.numbers();
      return { sentence, layout, numbers: packed(numbers), still: packed(still), moving: packed(moving) };
    } catch (error) {
      return { error: error.message };
    }
  }

  for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
    const start = process.cpuUsage(); // microseconds: a busy machine is no slow page
    const shown = answer(JSON.parse(line)), { user, system } = process.cpuUsage(start);
    const said = `${JSON.stringify({ ...shown, seconds: (user + system) / 1e6 })}\n`;
    for (let bytes = Buffer.from(said); bytes.length;) bytes = bytes.subarray(writeSync(1, bytes));
  }
})();
