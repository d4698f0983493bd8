// Offers one more row of a list that may have any number of them (data-rows); without a script one empty row stays.
export function addRows(field) {
  const button = field.querySelector("[data-rows-add]");
  const list = field.querySelector("[data-rows-list]");
  const blank = field.querySelector("[data-rows-new]");
  let added = 0;
  button.hidden = false;
  button.addEventListener("click", () => {
    added += 1;
    const row = blank.content.cloneNode(true);
    row.querySelectorAll("[id], [for], [aria-describedby]").forEach((place) => renumber(place, added));
    list.append(row);
    list.lastElementChild.querySelector("select, input").focus();
  });
}

// The blank row calls itself "spare"; ids must stay unique when it is put in more than once.
function renumber(place, number) {
  for (const name of ["id", "for", "aria-describedby"]) {
    const value = place.getAttribute(name);
    if (value) place.setAttribute(name, value.replaceAll("-spare-", `-more${number}-`));
  }
}
