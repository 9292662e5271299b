// Files that a page loads when an explorer needs them: classic scripts, because a page
// opened from a folder may not fetch. Their text is deflated, then base64.

const here = new URL(".", document.currentScript.src);
const loads = {};

function load(path, what) {
  loads[path] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(path, here);
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${what} ${path.split("/").at(-1)} is missing`));
    document.head.append(script);
  });
  return loads[path];
}

async function inflated(text) {
  const characters = atob(text), packed = new Uint8Array(characters.length);
  for (let i = 0; i < packed.length; i++) packed[i] = characters.charCodeAt(i);
  const stream = new Response(packed).body.pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const words = async (text) => new TextDecoder().decode(await inflated(text));
