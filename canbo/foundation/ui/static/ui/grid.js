// A grid of inputs (<table data-grid>) that takes rows pasted from a spreadsheet and grows by its <template>.
const cells = (row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];
const body = (grid) => grid.tBodies[0];

export function parse(text) {
  const rows = [];
  let row = [], cell = "", quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') { cell += '"'; i++; }
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t") { row.push(cell); cell = ""; }
    else if (c === "\n") { row.push(cell); rows.push(row); row = []; cell = ""; }
    else if (c !== "\r") cell += c;
  }
  if (cell !== "" || row.length) { row.push(cell); rows.push(row); }
  return rows;
}

function addRow(grid) {
  const template = document.getElementById(grid.dataset.template);
  const total = grid.closest("form")?.querySelector(`[name="${grid.dataset.grid}-TOTAL_FORMS"]`);
  if (!template || !total) return null;
  const index = Number(total.value);
  const most = Number(grid.closest("form").querySelector(`[name="${grid.dataset.grid}-MAX_NUM_FORMS"]`)?.value ?? 1000);
  if (index >= most) return null;
  const row = template.content.firstElementChild.cloneNode(true);
  for (const part of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of part.attributes) attribute.value = attribute.value.replaceAll("__prefix__", String(index));
  }
  for (const number of row.querySelectorAll("[data-number]")) number.textContent = String(index + 1);
  body(grid).append(row);
  total.value = String(index + 1);
  return row;
}

function put(field, value) {
  const text = value.trim();
  if (field.tagName === "SELECT") {
    const fold = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();
    const option = [...field.options].find((o) => fold(o.text) === fold(text) || o.value === text);
    if (option) field.value = option.value;
    return Boolean(option) || !text;
  }
  if (field.type === "checkbox") field.checked = /^(1|x|có|co|true)$/i.test(text);
  else field.value = text;
  return true;
}

function tell(grid, text) {
  const note = document.getElementById(`${grid.dataset.grid}-note`);
  if (note) note.textContent = text;
}

document.addEventListener("paste", (event) => {
  const grid = event.target.closest?.("[data-grid]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!grid || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const start = event.target.closest("tr");
  const column = cells(start).indexOf(event.target);
  let row = start, written = 0, missed = 0;
  for (const values of parse(text)) {
    if (!row) row = addRow(grid);
    if (!row) { missed++; continue; }
    const fields = cells(row);
    values.forEach((value, i) => {
      const field = fields[column + i];
      if (!field || !put(field, value)) missed++;
    });
    written++;
    row = row.nextElementSibling;
  }
  grid.dispatchEvent(new Event("input", { bubbles: true }));
  tell(grid, `Đã dán ${written} dòng.` + (missed ? ` ${missed} ô không đặt vào đâu được; xem lại số cột và các ô chọn.` : ""));
});

document.addEventListener("keydown", (event) => {
  const grid = event.target.closest?.("[data-grid]");
  if (!grid || ["SELECT", "TEXTAREA"].includes(event.target.tagName) || !["ArrowUp", "ArrowDown", "Enter"].includes(event.key)) return;
  const row = event.target.closest("tr");
  const at = cells(row).indexOf(event.target);
  const next = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling ?? (event.key === "Enter" ? addRow(grid) : null);
  if (event.key === "Enter" || next) event.preventDefault();
  if (next) cells(next)[at]?.focus();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row]");
  if (!button) return;
  const grid = document.querySelector(`[data-grid="${button.dataset.addRow}"]`);
  const row = grid && addRow(grid);
  if (row) cells(row)[0]?.focus();
});
