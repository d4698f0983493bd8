// The list of what was kept on this phone: how far each one is, and what can be done about it.
import { holding, listen, others, own, pack, remove, save } from "./items.js";
import { sendAll } from "./sending.js";

const STATES = {
  waiting: ["待发送", "amber"],
  signin: ["要登录", "amber"],
  refused: ["要修改", "cinnabar"],
  conflict: ["别人已经办了", "cinnabar"],
  sent: ["已送达", "jade"],
};

export function listUnsent(place, owner) {
  if (!place) return;
  const show = () => fill(place, owner);
  listen(show);
  show();
  const button = document.querySelector("[data-send-now]");
  button.hidden = false;
  button.addEventListener("click", () => sendAll());
}

async function fill(place, owner) {
  const items = await own(owner);
  const strangers = await others(owner);
  place.replaceChildren(...items.map((item) => card(place, item)));
  document.querySelector("[data-unsent-none]").hidden = items.length > 0;
  const line = document.querySelector("[data-unsent-others]");
  line.hidden = strangers === 0;
  line.textContent = `这台手机上还有 ${strangers} 件是用别的账号写的，登录那个账号才会发送。`;
  place.dataset.unsent = "ready";
}

function card(place, item) {
  const one = put("li", "card unsent-item");
  const [words, tone] = STATES[item.state];
  const head = put("div", "line");
  head.append(put("b", "unsent-about", item.about || "一张表单"), put("span", `badge badge-${tone}`, words));
  one.append(head, put("p", "quiet small", `${when(item.at)}（手机时间）写下${item.photos.length ? `，${item.photos.length} 张照片` : ""}`));
  if (item.why) one.append(put("p", "", item.why));
  if (item.state === "conflict") one.append(sides(item.conflict));
  else if (item.fields.length) one.append(put("p", "unsent-words", told(item)));
  one.append(choices(place, item));
  return one;
}

function sides({ asked, mine, theirs }) {
  const both = put("div", "unsent-sides");
  both.append(side("别人已经办了", theirs.map((one) => [`${one.act}，${one.who}，${one.at}`, one.words])));
  both.append(side(`您填的是「${asked}」，没有生效`, mine));
  return both;
}

function side(title, lines) {
  const half = put("section", "unsent-side");
  half.append(put("h3", "", title));
  for (const [label, words] of lines) {
    half.append(put("p", "quiet small", label));
    if (words) half.append(put("p", "", words));
  }
  return half;
}

function choices(place, item) {
  const line = put("div", "line");
  if (item.state === "sent" && item.link) line.append(link("看这件事", item.link));
  if (item.state === "signin") line.append(link("去登录", `/accounts/login/?next=${location.pathname}`));
  if (item.state === "refused") line.append(link("改好再发", again(item, item.page), "primary"));
  if (item.state === "conflict") line.append(...afterConflict(item));
  if (item.state !== "sent") line.append(button(item.state === "conflict" ? "放弃" : "不要了", () => discard(item)));
  return line;
}

function afterConflict(item) {
  const made = [];
  if (item.conflict.is_open) made.push(link("再办一次", again(item, item.conflict.page), "primary"));
  else made.push(link("看现在的情况", item.conflict.page, "quiet"));
  if (item.conflict.add_words) made.push(button("作为补充说明发送", () => addWords(item), "quiet"));
  return made;
}

// The other's act stands; what I saw and did is added to it in my own words.
async function addWords(item) {
  const data = new FormData();
  data.append("words", item.conflict.mine.map(([, words]) => words).join("；"));
  item.photos.forEach((photo) => data.append("photos", photo.file, photo.name));
  data.append("back", item.page);
  data.append("sending_about", item.about);
  const fresh = await pack(data, { url: item.conflict.add_words, page: item.page });
  await save(fresh, { at: item.at, run: item.run, ticks: item.ticks });
  await remove(item.key);
  await sendAll();
}

// While it is being sent it cannot be taken back.
function discard(item) {
  return holding(item, () => remove(item.key));
}

function again(item, page) {
  const url = new URL(page, location.origin);
  url.searchParams.set("again", item.key);
  return url.pathname + url.search;
}

function told(item) {
  const words = item.fields.map(([, value]) => value).filter((value) => /\p{Script=Han}/u.test(value));
  return words.join("；");
}

function when(at) {
  const day = new Date(at);
  const time = `${String(day.getHours()).padStart(2, "0")}:${String(day.getMinutes()).padStart(2, "0")}`;
  return day.toDateString() === new Date().toDateString() ? `今天 ${time}` : `${day.getMonth() + 1}月${day.getDate()}日 ${time}`;
}

function put(tag, name, words) {
  const one = document.createElement(tag);
  if (name) one.className = name;
  if (words) one.textContent = words;
  return one;
}

function link(words, href, kind = "quiet") {
  const one = put("a", `button button-${kind}`, words);
  one.href = href;
  return one;
}

function button(words, act, kind = "plain") {
  const one = put("button", `button button-${kind}`, words);
  one.type = "button";
  one.addEventListener("click", act);
  return one;
}
