// Suggestions under the search box: arrows walk through them, Esc puts them away. Without it the box is a plain form.
const place = () => document.getElementById("goi-y");
const hits = () => [...(place()?.querySelectorAll("[data-hit]") ?? [])];

function away() {
  place()?.replaceChildren();
}

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.(".bar__search");
  if (!box) return;
  const all = hits();
  if (event.key === "Escape" && all.length) {
    event.stopImmediatePropagation();
    event.preventDefault();
    away();
    box.querySelector("input").focus();
  } else if (all.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const at = all.indexOf(document.activeElement);
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    (next < 0 ? box.querySelector("input") : all[Math.min(next, all.length - 1)]).focus();
  }
}, true);

document.addEventListener("click", (event) => {
  if (!event.target.closest(".bar__search")) away();
});
document.addEventListener("focusin", (event) => {
  if (!event.target.closest(".bar__search")) away();
});
