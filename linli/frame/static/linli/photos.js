// Shows the chosen photos, lets one be taken out again, and makes them smaller before they are sent.
const THUMB = 192;

export function previewPhotos(field) {
  const input = field.querySelector("input[type=file]");
  const kept = new Map();
  field.dataset.photos = "ready";
  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    notice(field, "");
    for (const file of chosen) await add(field, input, kept, file);
    give(input, kept);
  });
  // Somebody may have been faster than the script.
  if (input.files.length) input.dispatchEvent(new Event("change"));
}

async function add(field, input, kept, file) {
  if (kept.size >= Number(field.dataset.most)) return notice(field, `最多放 ${field.dataset.most} 张，多出的没有加上。`);
  try {
    const picture = await createImageBitmap(file);
    const small = await shrink(picture, file, Number(field.dataset.shrink));
    const item = card(picture, file.name, () => {
      kept.delete(item);
      item.remove();
      give(input, kept);
      input.focus();
    });
    kept.set(item, small);
    field.querySelector("[data-photo-list]").append(item);
  } catch {
    notice(field, `「${file.name}」不是能看的照片，没有加上。请选 JPG、PNG 或 WebP。`);
  }
}

function give(input, kept) {
  const files = new DataTransfer();
  for (const file of kept.values()) files.items.add(file);
  input.files = files.files;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

async function shrink(picture, file, longest) {
  const scale = longest / Math.max(picture.width, picture.height);
  if (!longest || scale >= 1) return file;
  const canvas = draw(picture, Math.round(picture.width * scale), Math.round(picture.height * scale));
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
}

function draw(picture, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
  return canvas;
}

function card(picture, name, remove) {
  const item = document.createElement("li");
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = THUMB;
  canvas.getContext("2d").drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, THUMB, THUMB);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", name);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "photo-remove";
  button.setAttribute("aria-label", `去掉 ${name}`);
  button.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#icon-cross"/></svg>';
  button.addEventListener("click", remove);
  item.append(canvas, button);
  return item;
}

function notice(field, words) {
  field.querySelector("[data-photo-notice]").textContent = words;
}
