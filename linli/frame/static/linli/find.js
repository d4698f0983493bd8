// The box that finds: / goes to it from anywhere, the arrows walk through what it offers, Escape puts that away.
export function walkHits(box) {
  const form = box.form;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") putAway(form, box);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [box, ...form.querySelectorAll(".ahead a")];
    const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  document.addEventListener("click", (event) => form.contains(event.target) || putAway(form));
}

function putAway(form, box) {
  form.querySelector(".ahead")?.replaceChildren();
  box?.focus();
}

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}
