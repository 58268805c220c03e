// Keeps what was typed in <form data-draft="key"> for this tab until it is sent, and asks before leaving.
// A message that something was done says that the form sent last was accepted: its draft goes.
const store = (form) => `nhap:${location.pathname}:${form.dataset.draft}`;
const skipped = /^(csrfmiddlewaretoken|password.*)$/;
const changed = new WeakSet();
const SENT = "nhap-vua-gui";

function values(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !skipped.test(name));
}

function fill(form, saved) {
  const left = new Map();
  for (const [name, value] of saved) left.set(name, [...(left.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || skipped.test(field.name) || ["hidden", "file", "submit"].includes(field.type)) continue;
    const mine = left.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value);
    else if (field.multiple && field.options) for (const option of field.options) option.selected = mine.includes(option.value);
    else if (mine.length) field.value = mine.shift();
  }
}

function note(form, text, withDrop) {
  const line = form.querySelector("[data-draft-note]") ?? document.createElement("p");
  line.dataset.draftNote = "";
  line.className = "draft-note";
  line.setAttribute("role", "status");
  line.textContent = text;
  if (withDrop) {
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "button button--quiet button--small";
    drop.textContent = "Bỏ bản nháp";
    drop.addEventListener("click", () => {
      sessionStorage.removeItem(store(form));
      changed.delete(form);
      form.reset();
      line.remove();
    });
    line.append(" ", drop);
  }
  if (!line.isConnected) form.prepend(line);
}

const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "1";
  const saved = sessionStorage.getItem(store(form));
  if (saved && !form.querySelector("[aria-invalid]")) {
    fill(form, JSON.parse(saved));
    changed.add(form);
    note(form, "Đã mở lại phần đang ghi dở.", true);
  }
  let timer;
  form.addEventListener("input", () => {
    changed.add(form);
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        sessionStorage.setItem(store(form), JSON.stringify(values(form)));
        note(form, `Đã giữ bản nháp lúc ${clock()} trên máy này.`, true);
      } catch {
        note(form, "Không giữ được bản nháp trên máy này; hãy ghi trước khi rời trang.", false);
      }
    }, 600);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sessionStorage.setItem(store(form), JSON.stringify(values(form)));
    sessionStorage.setItem(SENT, store(form));
    changed.delete(form);
  });
}

function prepare(root) {
  const sent = sessionStorage.getItem(SENT);
  if (sent && root.querySelector("[data-done]")) sessionStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
  for (const form of root.querySelectorAll("form[data-draft]")) watch(form);
}

window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("form[data-draft]")].some((form) => changed.has(form))) event.preventDefault();
});
// Signing out leaves nothing behind for the next person at this machine.
if (!document.querySelector("details.user")) {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("nhap:")) sessionStorage.removeItem(key);
}
document.addEventListener("htmx:load", (event) => prepare(event.target.parentElement ?? document));
prepare(document);
document.querySelector("[data-summary]")?.focus();
