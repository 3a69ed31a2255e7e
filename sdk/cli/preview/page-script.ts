/**
 * What the page runs: it draws both trees from the data beside it, the first screens at once and the rest while the browser has
 * nothing else to do, and draws them anew for a search or a filter. Names go in as text, never as markup.
 */
export const PAGE_SCRIPT = String.raw`
"use strict";
const { files, labels, classes } = JSON.parse(document.getElementById("data").textContent);
const search = document.getElementById("search");
const shown = document.getElementById("shown");
const trees = document.getElementById("trees");
const buttons = [...document.querySelectorAll("[data-mark]")];
const items = [...document.querySelectorAll("[data-file]")];
const FIRST = 120;
const CHUNK = 60;
let drawing = 0;

for (const file of files) {
  file.text = [file.before, file.after, file.comes, file.goes, file.name, file.bucket].join("\n").toLowerCase();
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The lines of one tree: folders before what is in them, each once. */
function linesOf(some, side) {
  const placed = some.filter((file) => file[side] !== undefined).map((file) => ({ file, names: file[side].split("/") }));
  placed.sort((a, b) => {
    for (let n = 0; ; n += 1) {
      const lastA = n === a.names.length - 1;
      const lastB = n === b.names.length - 1;
      if (lastA !== lastB) return lastA ? 1 : -1;
      if (a.names[n] !== b.names[n]) return a.names[n] < b.names[n] ? -1 : 1;
      if (lastA) return 0;
    }
  });
  const lines = [];
  let open = [];
  for (const { file, names } of placed) {
    const folders = names.slice(0, -1);
    let same = 0;
    while (same < folders.length && folders[same] === open[same]) same += 1;
    for (let n = same; n < folders.length; n += 1) lines.push({ depth: n, folder: folders[n] + "/" });
    open = folders;
    lines.push({ depth: folders.length, file, name: names[names.length - 1] });
  }
  return lines;
}

function draw(line, side) {
  if (line.folder !== undefined) {
    const folder = element("div", "folder", line.folder);
    folder.style.setProperty("--n", line.depth);
    return folder;
  }
  const { file } = line;
  const leaves = side === "before" && file.before !== file.after;
  const row = element("div", leaves ? "file gone" : "file");
  row.style.setProperty("--n", line.depth);
  row.append(element("span", "f", line.name));
  const marks = side === "after" ? file.marks : file.marks.filter((mark) => mark === "deleted" || mark === "released");
  for (const mark of marks) row.append(element("span", "t " + classes[mark], labels[mark]));
  row.append(element("span", "d", (side === "after" ? file.comes : file.goes) + " · " + file.name));
  return row;
}

function fill(tree, lines, side, run) {
  let done = 0;
  const more = (count) => {
    if (run !== drawing) return;
    const chunk = element("div", "chunk");
    for (const line of lines.slice(done, done + count)) chunk.append(draw(line, side));
    tree.append(chunk);
    done += count;
    if (done < lines.length) later(() => more(CHUNK * 4));
  };
  if (lines.length > 0) more(FIRST);
  else tree.append(element("p", "none", side === "before" ? "Nothing was here." : "Nothing is left here."));
}

function later(task) {
  if (window.requestIdleCallback) window.requestIdleCallback(task, { timeout: 500 });
  else setTimeout(task, 0);
}

function show() {
  drawing += 1;
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const marks = buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.dataset.mark);
  const some = files.filter(
    (file) =>
      words.every((word) => file.text.includes(word)) &&
      (marks.length === 0 || marks.some((mark) => file.marks.includes(mark))),
  );
  shown.textContent = some.length === files.length ? files.length + " files" : some.length + " of " + files.length + " files";
  trees.replaceChildren();
  const kept = new Set(some);
  for (const item of items) item.hidden = !kept.has(files[Number(item.dataset.file)]);
  if (files.length === 0) shown.textContent = "";
  if (some.length === 0 && files.length > 0) trees.append(element("p", "none", "No file is like that."));
  for (const bucket of [...new Set(some.map((file) => file.bucket))]) {
    const own = some.filter((file) => file.bucket === bucket);
    const section = element("section", "bucket");
    section.append(element("h2", "", "Bucket " + bucket));
    const pair = element("div", "pair");
    for (const side of ["before", "after"]) {
      const tree = element("section", "tree " + side);
      tree.append(element("h3", "", side === "before" ? "Before" : "After"));
      tree.setAttribute("aria-label", (side === "before" ? "Before, bucket " : "After, bucket ") + bucket);
      pair.append(tree);
      fill(tree, linesOf(own, side), side, drawing);
    }
    section.append(pair);
    trees.append(section);
  }
}

let asked = 0;
search.addEventListener("input", () => {
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(show);
});
for (const button of buttons) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    show();
  });
}
show();
`;
