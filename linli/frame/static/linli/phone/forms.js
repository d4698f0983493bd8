// A form that may wait on the phone: its key, and how what was kept gets back into it.
import { get } from "./shelf.js";

const DRAWN = ["sending", "seen", "based", "back", "once", "sending_about", "csrfmiddlewaretoken"];

// The same words sent twice, by a double tap, go under one key; other words under another.
export function readyForm({ target: form }) {
  const field = form.elements.sending;
  if (!field || field.dataset.drawn !== undefined) return;
  if (field.dataset.again === undefined) field.value = crypto.randomUUID();
  field.dataset.drawn = "";
}

export async function writeAgain(key) {
  const item = key && (await get("items", key));
  if (!item) return;
  const form = formFor(item.url);
  if (!form) return showWords(item);
  fill(form, item.fields);
  refill(form, item.photos.map((photo) => new File([photo.file], photo.name, { type: photo.file.type })));
  form.closest("details")?.setAttribute("open", "");
  takePlaceOf(form, item);
  form.scrollIntoView({ block: "start" });
  form.querySelector("textarea, input:not([type=hidden])")?.focus();
}

export function formFor(url) {
  const forms = [...document.querySelectorAll("form")].filter((form) => form.elements.sending);
  return forms.find((form) => path(form.action) === url) ?? forms.find((form) => path(form.action).split("?")[0] === url.split("?")[0]);
}

// What was refused did nothing and keeps its key; what was overtaken is on record, and begins anew.
function takePlaceOf(form, item) {
  const field = form.elements.sending;
  if (item.state !== "conflict") {
    field.value = item.key;
    field.dataset.again = "";
    return;
  }
  const instead = document.createElement("input");
  Object.assign(instead, { type: "hidden", name: "sending_instead", value: item.key });
  form.append(instead);
}

export function fill(form, fields) {
  for (const field of fillable(form)) {
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[sameNamed(form, field).indexOf(field)] ?? values[0];
  }
  fillable(form).forEach((field) => field.dispatchEvent(new CustomEvent("restored")));
}

export function refill(form, files) {
  const input = form.querySelector("input[type=file]");
  if (!input || !files.length || input.files.length) return;
  const chosen = new DataTransfer();
  files.forEach((file) => chosen.items.add(file));
  input.files = chosen.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

export function fillable(form) {
  return [...form.elements].filter((field) => field.name && !DRAWN.includes(field.name) && !["password", "file", "submit", "button"].includes(field.type));
}

const sameNamed = (form, { name }) => fillable(form).filter((field) => field.name === name);

function showWords(item) {
  const note = document.createElement("div");
  note.className = "notice notice-amber";
  const words = document.createElement("p");
  words.textContent = `这一步现在不能办了。您写的是：${item.fields.filter(([, value]) => /\p{Script=Han}/u.test(value)).map(([, value]) => value).join("；")}`;
  note.append(words);
  document.getElementById("main").prepend(note);
}

function path(url) {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
