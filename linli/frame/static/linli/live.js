// A part that asks for itself anew waits while somebody presses or sends something in it; it asks again soon.
const IN_USE = ":active, :has(.htmx-request)";

export function holdStill(event) {
  const { requestConfig, target } = event.detail;
  if (requestConfig.elt === target && target.matches(IN_USE)) event.detail.shouldSwap = false;
}
