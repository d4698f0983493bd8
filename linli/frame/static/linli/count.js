// Counts the characters of a textarea with data-limit; never cuts what was typed.
export function countWords(area) {
  const line = document.querySelector(`[data-count-for="${area.id}"]`);
  if (!line) return;
  const tell = () => say(line, [...area.value].length, Number(area.dataset.limit));
  area.addEventListener("input", tell);
  area.addEventListener("restored", tell);
  tell();
}

function say(line, length, limit) {
  line.textContent = length > limit ? `超出 ${length - limit} 字，请删减` : `${length} / ${limit} 字`;
  line.toggleAttribute("data-over", length > limit);
}
