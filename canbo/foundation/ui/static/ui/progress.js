// Long work: <div data-progress="address"> is replaced by what the address answers until that has no data-progress.
const WAITS = [1000, 1000, 2000, 3000, 5000];

function poll(box, round = 0) {
  setTimeout(async () => {
    if (!box.isConnected) return;
    try {
      const answer = await fetch(box.dataset.progress, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.body.firstElementChild;
      if (!fresh) return;
      if (fresh.dataset.done) {
        location.assign(fresh.dataset.done);
        return;
      }
      box.replaceWith(fresh);
      window.htmx?.process(fresh);
      if (fresh.dataset.progress) poll(fresh, round + 1);
    } catch {
      const words = box.querySelector("[data-progress-text]");
      if (words) words.textContent = "Mất kết nối, đang thử lại. Việc vẫn chạy trên máy chủ.";
      poll(box, WAITS.length);
    }
  }, WAITS[Math.min(round, WAITS.length - 1)]);
}

const seen = new WeakSet();
function prepare(root) {
  for (const box of root.querySelectorAll("[data-progress]")) {
    if (seen.has(box)) continue;
    seen.add(box);
    poll(box);
  }
}
document.addEventListener("htmx:load", (event) => prepare(event.target.parentElement ?? document));
prepare(document);
