// Writing a decision. Suggestions for people, units and issuers while one types: the shared <datalist> of the kind is
// filled anew. Once the form was sent nothing more is kept: the draft may be gone by then.
let timer, last = "";

async function ask(field) {
  const form = field.closest("[data-lookup-url]");
  const kind = field.dataset.lookup;
  const list = document.getElementById(`goi-y-${kind}`);
  const text = field.value.trim();
  if (!form || !list || text.length < 2 || `${kind}:${text}` === last) return;
  last = `${kind}:${text}`;
  const answer = await fetch(`${form.dataset.lookupUrl}?${new URLSearchParams({ loai: kind, q: text })}`);
  if (!answer.ok || last !== `${kind}:${text}`) return;
  const { rows } = await answer.json();
  list.replaceChildren(...rows.map((row) => {
    const option = document.createElement("option");
    option.value = row.value;
    option.label = row.label;
    return option;
  }));
}

document.addEventListener("input", (event) => {
  const field = event.target.closest?.("[data-lookup]");
  if (!field) return;
  clearTimeout(timer);
  timer = setTimeout(() => ask(field).catch(() => {}), 250);
});

document.addEventListener("submit", (event) => {
  if (event.target.matches(".writing")) event.target.dataset.sent = "1";
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.dataset?.sent) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll(".writing")) delete form.dataset.sent;
});
