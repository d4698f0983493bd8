// A form with data-draft="key" is remembered on this device until a page says data-draft-done="key".
const PREFIX = "linli.draft.";
const LIFE = 7 * 24 * 3600 * 1000;
const PAUSE = 400;
const NEVER = ["password", "file", "submit", "button"];

export function forgetDraft(key) {
  store((shelf) => shelf.removeItem(PREFIX + key));
}

export function keepDraft(form) {
  const key = form.dataset.draft;
  const fields = read(key);
  if (fields && isUntouched(form)) restore(form, fields, key);
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => save(form, key), PAUSE);
  });
}

// A store that is full, broken or forbidden must never stand in the way of writing.
function store(act) {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}

function read(key) {
  const draft = store((shelf) => JSON.parse(shelf.getItem(PREFIX + key)));
  return draft && Date.now() - draft.at < LIFE ? draft.fields : null;
}

function save(form, key) {
  const fields = kept(form).map((field) => ({ name: field.name, value: field.value, checked: field.checked }));
  store((shelf) => shelf.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), fields })));
}

function kept(form) {
  return [...form.elements].filter(
    (field) => field.name && !NEVER.includes(field.type) && field.name !== "csrfmiddlewaretoken",
  );
}

function isChoice(field) {
  return ["radio", "checkbox"].includes(field.type);
}

function isWritten(field) {
  return ["TEXTAREA", "INPUT"].includes(field.tagName) && !isChoice(field) && field.type !== "hidden";
}

function isUntouched(form) {
  return !form.querySelector("[aria-invalid]") && kept(form).every((field) => !isWritten(field) || !field.value);
}

function restore(form, fields, key) {
  for (const { name, value, checked } of fields) {
    for (const field of kept(form).filter((one) => one.name === name)) {
      if (!isChoice(field)) field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
  kept(form).forEach((field) => field.dispatchEvent(new CustomEvent("restored")));
  if (kept(form).some((field) => isWritten(field) && field.value)) announce(form, key);
}

function announce(form, key) {
  const notice = document.createElement("div");
  notice.className = "notice notice-sky";
  notice.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "上次没有写完的内容已经放回来了，照片需要重新选。";
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button button-plain";
  again.textContent = "不要了，重新写";
  again.addEventListener("click", () => {
    forgetDraft(key);
    location.reload();
  });
  notice.append(words, again);
  form.prepend(notice);
}
