// A form with data-draft="key", or one that may wait on the phone, is remembered here until it was sent.
import { fill, fillable, refill } from "./phone/forms.js";
import { drop, get, put } from "./phone/shelf.js";

const LIFE = 7 * 24 * 3600 * 1000;
const PAUSE = 400;
const owner = document.documentElement.dataset.owner ?? "";

export async function forgetDraft(key) {
  await quietly(drop("drafts", `${owner} ${key}`));
}

export async function keepDraft(form) {
  const key = `${owner} ${form.dataset.draft ?? path(form)}`;
  const draft = await quietly(get("drafts", key));
  if (draft && Date.now() - draft.at < LIFE) restore(form, draft);
  let waiting = 0;
  const keep = () => quietly(put("drafts", { key, owner, url: path(form), at: Date.now(), ...written(form) }));
  form.addEventListener("input", () => {
    form.dataset.draftState = "writing";
    clearTimeout(waiting);
    waiting = setTimeout(() => keep().then(() => (form.dataset.draftState = "kept")), PAUSE);
  });
}

// A store that is full, broken or forbidden must never stand in the way of writing.
async function quietly(asked) {
  try {
    return await asked;
  } catch {
    return null;
  }
}

function written(form) {
  const fields = fillable(form).filter((field) => !isChoice(field) || field.checked);
  const files = [...(form.querySelector("input[type=file]")?.files ?? [])];
  return { fields: fields.map((field) => [field.name, field.value]), files };
}

function restore(form, { fields, files }) {
  refill(form, files);
  if (!isUntouched(form)) return;
  fill(form, fields);
  if (files.length || fillable(form).some((field) => isWritten(field) && field.value)) announce(form);
}

function isChoice(field) {
  return ["radio", "checkbox"].includes(field.type);
}

function isWritten(field) {
  return ["TEXTAREA", "INPUT"].includes(field.tagName) && !isChoice(field) && field.type !== "hidden";
}

// What the server gave back is newer than what was kept.
function isUntouched(form) {
  if (form.querySelector("[aria-invalid]")) return false;
  return fillable(form).every((field) => !isWritten(field) || (field.value === field.defaultValue && !(field.type === "textarea" && field.value)));
}

function path(form) {
  const { pathname, search } = new URL(form.action);
  return pathname + search;
}

function announce(form) {
  const notice = document.createElement("div");
  notice.className = "notice notice-sky";
  notice.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "上次没有写完的内容已经放回来了。";
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button button-plain";
  again.textContent = "不要了，重新写";
  again.addEventListener("click", async () => {
    await forgetDraft(form.dataset.draft ?? path(form));
    location.reload();
  });
  notice.append(words, again);
  form.prepend(notice);
}
