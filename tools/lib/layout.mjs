/** Draws files as a tree, each with who may see it. `files`: `{ path, visibility }`; gives lines. */
export function drawLayout(files, { color = false } = {}) {
  const root = new Map();
  for (const file of files) {
    const segments = file.path.split("/");
    const name = segments.pop();
    let folder = root;
    for (const segment of segments) {
      if (!folder.has(segment)) folder.set(segment, new Map());
      folder = folder.get(segment);
    }
    folder.set(name, file.visibility);
  }
  const lines = [];
  const paint = (code, text) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const walk = (folder, indent) => {
    const entries = [...folder].sort(
      ([a, x], [b, y]) => Number(x instanceof Map) - Number(y instanceof Map) || a.localeCompare(b),
    );
    entries.forEach(([name, entry], index) => {
      const last = index === entries.length - 1;
      const branch = paint(90, `${indent}${last ? "└── " : "├── "}`);
      if (entry instanceof Map) {
        lines.push(`${branch}${paint(1, `${name}/`)}`);
        walk(entry, `${indent}${last ? "    " : "│   "}`);
      } else {
        const shown = entry === "PUBLIC" ? paint(32, "public") : paint(33, "private");
        lines.push(`${branch}${name.padEnd(Math.max(44 - indent.length - 4, name.length + 2))}${shown}`);
      }
    });
  };
  walk(root, "");
  return lines;
}
