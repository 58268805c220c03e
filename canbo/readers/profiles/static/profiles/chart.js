// The chart as one tree: a single stop for Tab, arrows, Home, End, first letters. Without it every box is a plain link.
const tree = document.querySelector("[data-org]");
const items = () => [...tree.querySelectorAll('[role="treeitem"]')].filter((item) => !item.closest("[hidden]"));
const group = (item) => item.querySelector(':scope > [role="group"]');
const above = (item) => item.parentElement.closest('[role="treeitem"]');
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();

function quiet(root) {
  for (const link of root.querySelectorAll("a")) link.tabIndex = -1;
}

function focus(item) {
  if (!item) return;
  for (const other of tree.querySelectorAll('[role="treeitem"][tabindex="0"]')) other.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
  (item.querySelector(":scope > .org__box") ?? item).scrollIntoView({ block: "nearest" });
}

function toggle(item, open = item.getAttribute("aria-expanded") !== "true") {
  const state = item.getAttribute("aria-expanded");
  if (state === null || (state === "true") === open) return;
  item.setAttribute("aria-expanded", String(open));
  const below = group(item);
  if (below) below.hidden = !open;
  else if (open) item.querySelector("[data-toggle]").dispatchEvent(new Event("branch"));
}

let typed = "", typedAt = 0;
function find(item, letter) {
  typed = Date.now() - typedAt > 700 ? letter : typed + letter;
  typedAt = Date.now();
  const all = items(), start = all.indexOf(item) + (typed.length === 1 ? 1 : 0);
  const wanted = fold(typed);
  focus([...all.slice(start), ...all.slice(0, start)].find((one) => fold(one.querySelector("[data-name]")?.textContent ?? "").startsWith(wanted)));
}

function keydown(event) {
  const item = event.target.closest('[role="treeitem"]');
  if (!item || event.target !== item || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const all = items(), at = all.indexOf(item);
  const acts = {
    ArrowDown: () => focus(all[at + 1]),
    ArrowUp: () => focus(all[at - 1]),
    Home: () => focus(all[0]),
    End: () => focus(all.at(-1)),
    ArrowRight: () => (item.getAttribute("aria-expanded") === "true" ? focus(group(item)?.querySelector('[role="treeitem"]')) : toggle(item, true)),
    ArrowLeft: () => (item.getAttribute("aria-expanded") === "true" ? toggle(item, false) : focus(above(item))),
    Enter: () => item.querySelector("[data-name]").click(),
    " ": () => toggle(item),
  };
  if (acts[event.key]) acts[event.key]();
  else if (/^[\p{L}\p{N}]$/u.test(event.key)) find(item, event.key);
  else return;
  event.preventDefault();
  event.stopPropagation(); // letters mean names here, not the keys of lists
}

if (tree) {
  quiet(tree);
  const first = document.getElementById(location.hash.slice(1)); // the box a link without script led to
  (first?.closest('[role="treeitem"]') ?? items()[0]).tabIndex = 0;
  tree.addEventListener("keydown", keydown);
  tree.addEventListener("click", (event) => {
    const handle = event.target.closest("[data-toggle]");
    if (!handle || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const item = handle.closest('[role="treeitem"]');
    focus(item);
    toggle(item);
  });
  document.addEventListener("htmx:load", (event) => {
    const came = event.target;
    if (!tree.contains(came)) return;
    const lost = !tree.querySelector('[role="treeitem"][tabindex="0"]');
    quiet(came);
    if (lost) focus(came.closest('[role="treeitem"]') ?? came.querySelector('[role="treeitem"]'));
  });
}
