// The panel beside a list: marks the open row, takes the focus, gives it back; marks rows for a bulk act.
const side = () => document.getElementById("ben");
let opener = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target.closest?.("[data-row-link]");
  if (!link) return;
  opener = link;
  for (const row of document.querySelectorAll("tr[data-row][aria-current]")) row.removeAttribute("aria-current");
  link.closest("tr")?.setAttribute("aria-current", "true");
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target === side()) {
    side().scrollTop = 0;
    side().focus({ preventScroll: true });
  }
});

// A failed fragment is never silent: the plain link is followed instead.
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, (event) => {
    const link = event.target.closest?.("a[href]");
    if (link) location.href = link.href;
  });
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close-panel]")) return;
  side().replaceChildren();
  opener?.isConnected && opener.focus();
});

function count(form) {
  const picked = form.querySelectorAll("[name=chon]:checked").length;
  const words = form.querySelector("[data-bulk-count]");
  if (words) words.textContent = picked ? `Đã đánh dấu ${picked.toLocaleString("vi-VN")} dòng:` : "Đánh dấu dòng để";
  for (const bar of form.querySelectorAll("[data-bulk]")) bar.hidden = !picked;
}

function prepare(root) {
  for (const form of root.querySelectorAll(".bulk-form")) count(form);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest(".bulk-form");
  if (!form) return;
  if (event.target.matches("[data-pick-all]")) {
    for (const box of form.querySelectorAll("[name=chon]")) box.checked = event.target.checked;
  }
  count(form);
});
document.addEventListener("htmx:load", (event) => prepare(event.target.parentElement ?? document));
prepare(document);
