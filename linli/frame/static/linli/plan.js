// A tap on the plan puts the pin there and chooses the building under it; the list does the same the other way round.
export function pointAtPlan(field) {
  const drawing = field.querySelector("[data-plan-drawing]");
  const list = field.querySelector("select");
  field.dataset.plan = "ready";
  drawing.addEventListener("click", (event) => {
    const shape = event.target.closest("[data-key]");
    list.value = shape ? shape.dataset.key : "";
    light(field, shape);
    put(field, under(drawing, event));
  });
  list.addEventListener("change", () => {
    const shape = chosen(field, list);
    light(field, shape);
    put(field, shape && [shape.dataset.x, shape.dataset.y]);
  });
  list.addEventListener("restored", () => {
    light(field, chosen(field, list));
    show(field);
  });
  light(field, chosen(field, list));
}

function under(drawing, event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
  return [Math.round(point.x), Math.round(point.y)];
}

function chosen(field, list) {
  return list.value ? field.querySelector(`[data-key="${CSS.escape(list.value)}"]`) : null;
}

function light(field, shape) {
  field.querySelector("[data-chosen]")?.removeAttribute("data-chosen");
  shape?.setAttribute("data-chosen", "");
}

function put(field, point) {
  const [x, y] = point || ["", ""];
  field.querySelector("[data-plan-x]").value = x;
  field.querySelector("[data-plan-y]").value = y;
  show(field);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function show(field) {
  const pin = field.querySelector("[data-plan-pin]");
  const x = field.querySelector("[data-plan-x]").value;
  const y = field.querySelector("[data-plan-y]").value;
  pin.setAttribute("transform", `translate(${x || 0} ${y || 0})`);
  pin.setAttribute("visibility", x && y ? "visible" : "hidden");
}
