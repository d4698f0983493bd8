// The inbox by keyboard: j and k walk, Enter opens the page, o opens the matter beside the list, Escape closes it.
const WIDE = "(min-width: 1180px)";

export function walkLedger(ledger) {
  const pane = document.getElementById("pane");
  const keys = {
    j: () => step(ledger, 1),
    k: () => step(ledger, -1),
    o: () => look(ledger, pane),
    Escape: () => pane && close(pane, ledger),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    keys[event.key]?.();
  });
  ledger.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-part]");
    // A click without a pointer is Enter: it goes to the page itself.
    if (!link || !fits(pane) || event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link, pane, ledger);
  });
}

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function fits(pane) {
  return pane && window.matchMedia(WIDE).matches;
}

function lit(ledger) {
  return ledger.querySelector("[data-lit]");
}

function light(ledger, row) {
  lit(ledger)?.removeAttribute("data-lit");
  row.setAttribute("data-lit", "");
}

function step(ledger, by) {
  const rows = [...ledger.querySelectorAll(".ledger-row")];
  const row = rows[Math.min(Math.max(rows.indexOf(lit(ledger)) + by, 0), rows.length - 1)];
  if (!row) return;
  light(ledger, row);
  row.querySelector("a").focus();
  row.scrollIntoView({ block: "nearest" });
}

function look(ledger, pane) {
  const link = lit(ledger)?.querySelector("a");
  if (!link) return;
  if (fits(pane) && link.dataset.part) open(link, pane, ledger);
  else link.click();
}

function open(link, pane, ledger) {
  light(ledger, link.closest(".ledger-row"));
  pane.parentElement.classList.add("split-open");
  window.htmx.ajax("GET", link.dataset.part, { target: pane, swap: "innerHTML" });
}

function close(pane, ledger) {
  pane.replaceChildren();
  pane.parentElement.classList.remove("split-open");
  lit(ledger)?.querySelector("a").focus();
}
