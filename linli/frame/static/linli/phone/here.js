// What every open page does for its phone: have the worker, say how the network is, send what waits.
import { isUnsent, listen, own } from "./items.js";
import { readyForm, writeAgain } from "./forms.js";
import { guardLeaving } from "./leaving.js";
import { sendAll } from "./sending.js";
import { listUnsent } from "./unsent.js";

const AGAIN = 60_000;
const root = document.documentElement;

export async function settleIn() {
  document.addEventListener("submit", readyForm, true);
  document.addEventListener("input", (event) => event.target.form?.elements.sending?.removeAttribute("data-drawn"));
  guardLeaving(root.dataset.owner);
  watchNetwork();
  await enlist().catch(() => null);
  listen(tell);
  tell();
  listUnsent(document.querySelector("[data-unsent]"), root.dataset.owner);
  await writeAgain(new URLSearchParams(location.search).get("again"));
  await sendAll().catch(() => null);
}

async function enlist() {
  const enlisted = await navigator.serviceWorker.register("/sw.js", { type: "module" });
  const worker = enlisted.active ?? (await navigator.serviceWorker.ready).active;
  navigator.serviceWorker.addEventListener("message", () => (root.dataset.phone = "ready"));
  worker.postMessage({ owner: root.dataset.owner, keep: root.dataset.keeps });
}

function watchNetwork() {
  addEventListener("offline", () => sayHowOld(false));
  addEventListener("online", () => {
    sayHowOld(true);
    sendAll().catch(() => null);
  });
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendAll().catch(() => null));
  setInterval(() => navigator.onLine && sendAll().catch(() => null), AGAIN);
  if (!navigator.onLine) sayHowOld(false);
}

// What the phone itself lists is never old.
function sayHowOld(isBack) {
  const line = document.getElementById("kept");
  const [gone, back] = line.children;
  const isOld = line.dataset.fromPhone !== undefined && !document.querySelector("[data-unsent]");
  line.hidden = isBack && !isOld;
  gone.hidden = isBack;
  back.hidden = !isBack;
}

async function tell() {
  const chip = document.getElementById("unsent");
  const waiting = (await own(root.dataset.owner)).filter(isUnsent);
  const wrong = waiting.filter((item) => ["refused", "conflict"].includes(item.state)).length;
  if (waiting.length) navigator.storage?.persist?.();
  chip.hidden = waiting.length === 0 || document.querySelector("[data-unsent]") !== null;
  chip.toggleAttribute("data-wrong", wrong > 0);
  chip.querySelector("span").textContent = wrong ? `${wrong} 件要您看一下` : `${waiting.length} 件待发送`;
}
