// The head's table: arrow keys walk between rows, space picks, the bar counts what is picked. Nothing here is needed.
const form = document.querySelector("[data-table-form]");
if (form) {
  const picks = [...form.querySelectorAll("[name=chon]")];
  const picked = form.querySelector("[data-picked]");
  const all = form.querySelector("[data-all]");
  const tell = () => {
    const count = picks.filter((box) => box.checked).length;
    picked.textContent = count ? `Đã chọn ${count} phiếu` : "Chưa chọn phiếu nào";
    all.checked = picks.length > 0 && count === picks.length;
    all.indeterminate = count > 0 && count < picks.length;
  };
  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of picks) box.checked = all.checked;
    tell();
  });
  const cells = (row) => [...row.querySelectorAll("input:not([type=hidden]):not(:disabled), select, a")];
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr");
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!row || !by || event.target.tagName === "SELECT" || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = [...form.querySelectorAll("tbody tr")];
    const next = rows[rows.indexOf(row) + by];
    if (!next) return;
    event.preventDefault();
    const kind = (cell) => `${cell.tagName}${cell.type ?? ""}${cell.name?.split(".").pop() ?? ""}`;
    (cells(next).find((cell) => kind(cell) === kind(event.target)) ?? cells(next)[0])?.focus();
  });
  tell();
}
