// Signing out takes everything of mine off this phone, after a warning when something was not sent yet.
import { isUnsent, own, remove } from "./items.js";
import { wipe } from "./pages.js";
import { all, drop } from "./shelf.js";

const OUT = "/accounts/logout/";

export function guardLeaving(owner) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (new URL(form.action).pathname !== OUT || form.dataset.cleared !== undefined) return;
    event.preventDefault();
    leave(form, owner);
  });
}

async function leave(form, owner) {
  const unsent = (await own(owner).catch(() => [])).filter(isUnsent);
  if ((unsent.length || !navigator.onLine) && !(await mayDrop(unsent.length))) return;
  await clear(owner).catch(() => null);
  form.dataset.cleared = "";
  // The session itself ends only where the server hears of it.
  if (navigator.onLine) form.submit();
  else location.assign("/offline/");
}

export async function clear(owner) {
  await wipe();
  for (const item of await own(owner)) await remove(item.key);
  for (const draft of await all("drafts")) if (draft.owner === owner) await drop("drafts", draft.key);
}

function mayDrop(number) {
  const dialog = document.getElementById("leaving");
  dialog.querySelector("[data-number]").textContent = number;
  dialog.querySelector("[data-unsent-words]").hidden = number === 0;
  dialog.querySelector("[data-offline-words]").hidden = navigator.onLine;
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "drop"), { once: true });
  });
}
