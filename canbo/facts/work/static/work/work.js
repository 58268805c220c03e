// Lists of work: a accepts, t returns the marked rows, or the present one. People in a form: a filter by name.
const typing = (el) => el && (el.isContentEditable || /^(input|textarea|select)$/i.test(el.tagName));
const keys = { a: "/nghiem-thu/", t: "/tra-lai/" };

document.addEventListener("keydown", (event) => {
  const box = event.target.matches?.("input[type=checkbox]");
  if (event.ctrlKey || event.metaKey || event.altKey || (typing(event.target) && !box)) return;
  const end = keys[event.key];
  const form = document.querySelector(".bulk-form");
  if (!end || !form) return;
  if (!form.querySelector("[name=chon]:checked")) {
    const own = form.querySelector("tr[aria-current] [name=chon]");
    if (!own) return;
    own.checked = true;
    own.dispatchEvent(new Event("change", { bubbles: true }));
  }
  event.preventDefault();
  form.querySelector(`button[formaction$="${end}"]`)?.click();
});

const plain = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-filter-people]")) return;
  const words = plain(event.target.value).split(/\s+/).filter(Boolean);
  for (const row of document.querySelectorAll("[data-person]")) {
    const name = plain(row.textContent);
    row.hidden = !words.every((word) => name.includes(word)) && !row.querySelector("input:checked");
  }
});
