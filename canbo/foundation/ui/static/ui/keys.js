// Keyboard first: j k Enter x f n p h / ? Esc. Nothing here is needed to use a page.
const typing = (el) => el && (el.isContentEditable || /^(input|textarea|select)$/i.test(el.tagName));
const rows = () => [...document.querySelectorAll("tr[data-row]:not([hidden])")];

function mark(row) {
  for (const other of document.querySelectorAll("tr[data-row][aria-current]")) other.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  const link = row.querySelector("[data-row-link]");
  (link ?? row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.hasAttribute("aria-current"));
  mark(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]);
}

function closeOpen() {
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return true;
  }
  if (location.hash === "#dieu-huong") {
    location.hash = "#noi-dung";
    return true;
  }
  return false;
}

const help = () => document.getElementById("phim-tat")?.showModal();
const search = () => document.querySelector("[data-search]") ?? document.querySelector(".tools [name=q]");
const actions = {
  "/": () => search()?.focus(),
  "?": help,
  j: () => step(1),
  k: () => step(-1),
  x: () => document.querySelector("tr[aria-current] .pick input")?.click(),
  f: () => {
    const filter = document.querySelector("[data-filter]");
    if (!filter) return;
    filter.open = true;
    filter.querySelector("input, select")?.focus();
  },
  n: () => document.querySelector(".pages [rel=next]")?.click(),
  p: () => document.querySelector(".pages [rel=prev]")?.click(),
  h: () => document.querySelector("[data-today]")?.click(),
  Enter: () => document.querySelector("tr[aria-current] [data-row-link]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    if (document.querySelector("dialog[open]")) return;
    if (closeOpen()) event.preventDefault();
    else if (typing(document.activeElement)) document.activeElement.blur();
    else document.querySelector("[data-close-panel]")?.click();
    return;
  }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  const act = actions[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) help();
  if (event.target.closest("[data-print]")) window.print();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("[data-close-menu]")) menu.open = false;
  }
});
