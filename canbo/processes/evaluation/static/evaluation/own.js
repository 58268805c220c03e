// Scoring oneself: keeps each field as it is typed, also without a connection; points to tap; one step at a time on a phone.
// Without this file the form is an ordinary one with the buttons Lưu and Nộp.
const form = document.querySelector("form[data-self]");
const store = `phieu:${location.pathname}`;
const note = form.querySelector("[data-self-note]");
const version = form.elements.lan_luu;
const small = matchMedia("(max-width: 44rem)");
const decimal = (text) => (text.trim() === "" ? null : Number(text.trim().replace(",", ".")));
const shown = (number) => String(Math.round(number * 1000) / 1000).replace(".", ",");
const points = [...form.querySelectorAll("[data-points]")];
const steps = [...form.querySelectorAll("[data-step]")];
let waiting = new Map(JSON.parse(localStorage.getItem(store) ?? "[]"));
let sending = false;
let stopped = false;

function say(text, wrong = false) {
  note.textContent = text;
  note.classList.toggle("refusal__what", wrong);
}

function remember() {
  if (waiting.size) localStorage.setItem(store, JSON.stringify([...waiting]));
  else localStorage.removeItem(store);
}

async function send() {
  if (sending || stopped) return;
  sending = true;
  while (waiting.size && !stopped) {
    const [name, value] = waiting.entries().next().value;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("muc", name.replace(/^o\./, ""));
    body.set("gia_tri", value);
    body.set("lan_luu", version.value);
    let answer;
    try {
      answer = await fetch(form.dataset.keep, { method: "POST", body, redirect: "error" });
    } catch {
      say("Chưa gửi được. Nội dung giữ trên máy này và tự gửi khi có mạng.", true);
      break;
    }
    const told = await answer.json().catch(() => ({ faults: ["Máy chủ chưa nhận; nội dung giữ trên máy này."] }));
    if (answer.status === 409) {
      stopped = true;
      say(told.faults.join(" "), true);
      break;
    }
    if (!answer.ok && answer.status !== 422) {
      say(told.faults?.join(" ") ?? "Máy chủ chưa nhận; nội dung giữ trên máy này.", true);
      break;
    }
    if (waiting.get(name) === value) waiting.delete(name);
    remember();
    if (answer.status === 422) say(told.faults.join(" "), true);
    else {
      version.value = told.version;
      const at = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
      say(`Đã lưu lúc ${at}. Chưa nộp.`);
    }
  }
  sending = false;
}

let timer;
function changed(field) {
  waiting.set(field.name, field.value);
  remember();
  total();
  clearTimeout(timer);
  timer = setTimeout(send, 500);
}

function total() {
  const given = points.map((input) => decimal(input.value));
  const sum = given.reduce((all, value) => all + (Number.isFinite(value) ? (value ?? 0) : 0), 0);
  const left = given.filter((value) => value === null).length;
  form.querySelector("[data-self-sum]").textContent = shown(sum);
  form.querySelector("[data-self-missing]").textContent = left ? `Còn ${left} tiêu chí chưa chấm` : "Đã chấm đủ";
}

function chips(input) {
  const most = Number(input.dataset.max);
  const part = "binary" in input.dataset ? most : most > 5 ? most / 5 : most > 3 ? 1 : 0.5;
  const row = input.closest(".self__points");
  for (let value = 0; value <= most + 1e-9; value += part) {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "self__chip";
    chip.textContent = shown(value);
    chip.addEventListener("click", () => {
      input.value = chip.textContent;
      pressed(input);
      changed(input);
    });
    row.append(chip);
  }
  pressed(input);
}

function pressed(input) {
  const value = decimal(input.value);
  for (const chip of input.closest(".self__points").querySelectorAll(".self__chip")) {
    chip.setAttribute("aria-pressed", String(value !== null && decimal(chip.textContent) === value));
  }
}

let now = Math.max(0, steps.findIndex((step) => step.querySelector("[data-points]")?.value === ""));
const back = form.querySelector("[data-self-back]");
const next = form.querySelector("[data-self-next]");
const last = form.querySelector("[data-self-send]");
function walk(by) {
  now = Math.max(0, Math.min(steps.length - 1, now + by));
  form.classList.toggle("self--steps", small.matches);
  steps.forEach((step, index) => step.classList.toggle("self__step--now", index === now));
  back.hidden = next.hidden = !small.matches;
  back.disabled = now === 0;
  next.hidden ||= now === steps.length - 1;
  last.hidden = small.matches && now < steps.length - 1;
  next.innerHTML = `Tiếp (${now + 1}/${steps.length})`;
}

for (const input of points) chips(input);
form.addEventListener("input", (event) => {
  if (!event.target.name?.startsWith("o.")) return;
  if (event.target.matches("[data-points]")) pressed(event.target);
  changed(event.target);
});
// What is still on its way arrives first, so that the whole form names the newest version.
form.addEventListener("submit", async (event) => {
  if (form.dataset.leaving) return;
  event.preventDefault();
  const button = event.submitter;
  clearTimeout(timer);
  for (let tries = 0; (sending || waiting.size) && !stopped && tries < 100; tries += 1) {
    await send();
    if (waiting.size && !sending) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (stopped) return;
  localStorage.removeItem(store);
  form.dataset.leaving = "1";
  form.requestSubmit(button);
});
back.addEventListener("click", () => walk(-1));
next.addEventListener("click", () => walk(1));
small.addEventListener("change", () => walk(0));
addEventListener("online", send);
setInterval(() => waiting.size && send(), 15000);
for (const [name, value] of waiting) {
  const field = form.elements[name];
  if (field) field.value = value;
}
for (const input of points) pressed(input);
total();
walk(0);
if (waiting.size) send();
