// The tree grid: branches open and close in place, with the arrow keys too. Without it the toggles are plain links.
const level = (row) => Number(row.getAttribute("aria-level"));
const isOpen = (row) => row.getAttribute("aria-expanded") === "true";

function under(row) {
  const found = [];
  for (let next = row.nextElementSibling; next && level(next) > level(row); next = next.nextElementSibling) found.push(next);
  return found;
}

function chainOpen(row, top) {
  let want = level(row) - 1;
  for (let above = row.previousElementSibling; above; above = above.previousElementSibling) {
    if (level(above) === want) {
      if (!isOpen(above)) return false;
      if (above === top) return true;
      want -= 1;
    }
  }
  return false;
}

function toggle(row, open = !isOpen(row)) {
  const handle = row.querySelector("[data-toggle]");
  if (!handle || open === isOpen(row)) return;
  row.setAttribute("aria-expanded", String(open));
  handle.setAttribute("aria-label", `${open ? "Thu gọn" : "Mở"} ${row.querySelector("[data-row-link]").textContent}`);
  const below = under(row);
  if (open && !below.length) handle.dispatchEvent(new Event("branch", { bubbles: false }));
  else if (open) for (const next of below) next.hidden = !chainOpen(next, row);
  else for (const next of below) next.hidden = true;
}

document.addEventListener("click", (event) => {
  const handle = event.target.closest("[data-tree] [data-toggle]");
  if (!handle || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  toggle(handle.closest("tr"));
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("[data-tree] tr[data-row]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    toggle(row, event.key === "ArrowRight");
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const all = [...row.parentElement.querySelectorAll("tr[data-row]:not([hidden])")];
    const next = all[all.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.querySelector("[data-row-link]").focus();
  }
});
