// What the pages can do a little better with a script; every page works without it.
import { countWords } from "./count.js";
import { forgetDraft, keepDraft } from "./draft.js";
import { walkHits } from "./find.js";
import { walkLedger } from "./ledger.js";
import { holdStill } from "./live.js";
import { previewPhotos } from "./photos.js";
import { pointAtPlan } from "./plan.js";
import { addRows } from "./rows.js";
import { tickDown } from "./tick.js";

const BETTER = [
  ["textarea[data-limit]", countWords],
  ["[data-draft-done]", (place) => forgetDraft(place.dataset.draftDone).then(() => delete place.dataset.draftDone)],
  ["[data-photos]", previewPhotos],
  ["[data-plan]", pointAtPlan],
  ["form[data-draft], form[data-keep]", keepDraft],
  ["[data-stations]", showPresentStation],
  ["[data-copy]", offerCopy],
  ["[data-print]", offerPrint],
  ["[data-ledger]", walkLedger],
  ["[data-find]", walkHits],
  ["[data-rows]", addRows],
  ["[data-until]", tickDown],
  ["[data-focus]", (place) => place.focus()],
];

function improve(root) {
  for (const [selector, better] of BETTER) {
    if (root.matches?.(selector)) better(root);
    root.querySelectorAll(selector).forEach(better);
  }
}

function showPresentStation(line) {
  const now = line.querySelector("[aria-current]");
  if (now) line.scrollLeft = now.offsetLeft - line.offsetLeft - (line.clientWidth - now.offsetWidth) / 2;
  if (line.scrollWidth <= line.clientWidth) line.removeAttribute("tabindex");
}

function offerCopy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("[data-copy-words]").textContent = "已复制";
  });
}

function offerPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What somebody opened before htmx listened would wait for its form for ever.
function fetchOpened() {
  document.querySelectorAll(".act[open][hx-get]").forEach((act) => act.dispatchEvent(new Event("toggle")));
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (event.type === "keydown" || !menu.contains(event.target)) menu.open = false;
  }
}

document.addEventListener("htmx:beforeSwap", holdStill);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(event));
// htmx announces the whole page first, then each part it puts in.
document.addEventListener("htmx:load", (event) =>
  event.target === document.body ? fetchOpened() : improve(event.target),
);
improve(document);
const onPhone = window.isSecureContext && "serviceWorker" in navigator && document.documentElement.dataset.owner;
if (onPhone) import("./phone/here.js").then(({ settleIn }) => settleIn());
