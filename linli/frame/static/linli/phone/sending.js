// Sends what was kept: the photos one by one, then the form, each under a key of its own, so that it counts once.
import { NOBODY, forgetDraftOf, holding, own, save, secondsSince } from "./items.js";
import { all, get } from "./shelf.js";

const READY = "/sending/";
const PHOTO = "/sending/photo/";
const SHORT = 10_000;
const LONG = 60_000;
const LATER = ["waiting", "signin"];
const NO_NETWORK = "没有网络，有了会自动发送。";
const SIGN_IN = "登录过期了。用写这件事的账号登录，就会自动发送。";
const BUSY = "服务器现在忙，过一会儿自动再发。";
const GONE = "这件事找不到了，或者已经不归您办。内容还在，可以复制。";

export async function sendAll() {
  if (!navigator.locks) return sendEach();
  await navigator.locks.request("linli-sending", { ifAvailable: true }, async (lock) => lock && (await sendEach()));
}

async function sendEach() {
  const session = await ready().catch(() => null);
  if (!session) return;
  if (session.owner === NOBODY) await askToSignIn();
  for (const item of (await own(session.owner)).filter((one) => LATER.includes(one.state))) {
    const outcome = await send(item, { session });
    if (outcome.state === "waiting" && outcome.why === NO_NETWORK) return;
  }
}

async function askToSignIn() {
  const waiting = (await all("items")).filter((item) => item.state === "waiting" && item.owner !== NOBODY);
  for (const item of waiting) await save(item, { state: "signin", why: SIGN_IN });
}

// Nobody looks at the page any more unless html is asked for: then what is wrong comes back as that page.
export async function send(item, { session = null, html = false, part = false } = {}) {
  return holding(item, async () => {
    const now = await get("items", item.key);
    if (now?.state === "sent" || (!now && !html)) return now ?? item;
    try {
      const mine = session ?? (await ready());
      if (mine.owner !== item.owner) return await save(item, { state: "signin", why: SIGN_IN });
      return await deliver(item, mine, { html, part });
    } catch (error) {
      return save(item, { state: "waiting", why: error.why ?? NO_NETWORK });
    }
  });
}

async function ready() {
  const answer = await ask(READY, { headers: { Accept: "application/json" } }, SHORT);
  if (!answer.ok) throw { why: BUSY };
  return answer.json();
}

async function deliver(item, session, { html, part, again = false }) {
  const refused = await sendPhotos(item, session);
  if (refused) return refused;
  const answer = await ask(item.url, { method: "POST", body: body(item), headers: headers(item, session, { html, part }) }, LONG);
  if (answer.status === 424 && !again) {
    const lacking = (await answer.json()).photos;
    item.photos.filter((one) => lacking.includes(one.key)).forEach((one) => (one.sent = false));
    return deliver(item, session, { html, part, again: true });
  }
  return judge(item, answer);
}

async function sendPhotos(item, session) {
  for (const photo of item.photos.filter((one) => !one.sent)) {
    const data = new FormData();
    data.append("photo", photo.file, photo.name);
    const answer = await ask(PHOTO, { method: "POST", body: data, headers: common(photo.key, session, "application/json") }, LONG);
    if (answer.status === 422) return save(item, { state: "refused", why: words(await answer.json()) });
    if (!answer.ok) throw { why: BUSY };
    photo.sent = true;
    await save(item, {});
  }
  return null;
}

async function judge(item, answer) {
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  if (answer.ok && isJson) return done(item, await answer.json());
  if (answer.status === 401 || (answer.status === 403 && isJson)) {
    return save(item, { state: "signin", why: SIGN_IN });
  }
  if (answer.status === 409 && isJson) {
    return save(item, { state: "conflict", why: "", conflict: (await answer.json()).conflict });
  }
  if (answer.status === 422 && isJson) return save(item, { state: "refused", why: words(await answer.json()) });
  if (answer.status === 429 || answer.status >= 500) throw { why: BUSY };
  if (!isJson && (answer.ok || answer.status === 422)) return { ...item, state: "page", answer };
  return save(item, { state: "refused", why: GONE });
}

async function done(item, { done: said, href, about }) {
  await forgetDraftOf(item);
  return save(item, { state: "sent", why: said, href, link: about, fields: [], photos: [], conflict: null });
}

function body(item) {
  const data = new FormData();
  item.fields.forEach(([name, value]) => data.append(name, value));
  return data;
}

function headers(item, session, { html, part }) {
  const named = common(item.key, session, html ? "text/html" : "application/json");
  named["Linli-Photos"] = item.photos.map((one) => one.key).join(",");
  named["Linli-Elapsed"] = String(secondsSince(item));
  named["Linli-Phone-Time"] = clock(new Date(item.at));
  if (part) named["HX-Request"] = "true";
  return named;
}

const common = (key, session, accept) => ({ Accept: accept, "Linli-Sending": key, "X-CSRFToken": session.token });

function clock(at) {
  const [month, day, hour, minute] = [at.getMonth() + 1, at.getDate(), at.getHours(), at.getMinutes()].map((one) => String(one).padStart(2, "0"));
  return `${month}-${day} ${hour}:${minute}`;
}

function words({ refusals = [], errors = [] }) {
  const wrong = errors.map((one) => (one.label ? `${one.label}：` : "") + one.sentences.join(""));
  return [...refusals.map((one) => one.sentence + one.remedy), ...wrong].join(" ");
}

function ask(url, asked, patience) {
  return fetch(url, { credentials: "same-origin", cache: "no-store", ...asked, signal: AbortSignal.timeout(patience) });
}
