// A form on its way: what it says, with which photos, whose it is, and how far it came.
import { all, drop, mark, put } from "./shelf.js";

export const NOBODY = "nobody";
const ASIDE = ["sending", "sending_about", "sending_instead", "csrfmiddlewaretoken"];
const SHOW_SENT = 24 * 3600 * 1000;
const RUN = crypto.randomUUID();
const told = "BroadcastChannel" in self ? new BroadcastChannel("linli") : null;

export const owner = async () => (await mark("owner")) ?? NOBODY;

export async function pack(data, { url, page }) {
  const key = data.get("sending") || crypto.randomUUID();
  const entries = [...data].filter(([name]) => !ASIDE.includes(name));
  return {
    key,
    owner: await owner(),
    url,
    page,
    about: data.get("sending_about") || "",
    fields: entries.filter(([, value]) => typeof value === "string").map((pair) => alone(pair, key)),
    photos: entries.filter(([, value]) => value instanceof File && value.size).map(([, file]) => photo(file)),
    state: "waiting",
    why: "",
    at: Date.now(),
    run: RUN,
    ticks: performance.now(),
  };
}

// A page that was kept on the phone is filled in many times: each time is one of its own.
const alone = ([name, value], key) => [name, name === "once" ? key : value];
const photo = (file) => ({ key: crypto.randomUUID(), name: file.name, file, sent: false });

// A clock that nobody can set is asked first; the phone's own only after a restart.
export function secondsSince(item) {
  const passed = item.run === RUN ? performance.now() - item.ticks : Date.now() - item.at;
  return Math.max(0, Math.round(passed / 1000));
}

export async function save(item, change) {
  Object.assign(item, change);
  await put("items", item);
  tell();
  return item;
}

export async function remove(key) {
  await drop("items", key);
  tell();
}

export async function own(whose) {
  const mine = (await all("items")).filter((item) => item.owner === whose);
  const old = mine.filter((item) => item.state === "sent" && Date.now() - item.at > SHOW_SENT);
  await Promise.all(old.map((item) => drop("items", item.key)));
  return mine.filter((item) => !old.includes(item)).sort((one, other) => one.at - other.at);
}

export async function others(whose) {
  return (await all("items")).filter((item) => item.owner !== whose && isUnsent(item)).length;
}

// What is being sent by one page or the worker is left alone by the others.
export function holding({ key }, act) {
  return navigator.locks ? navigator.locks.request(`linli-${key}`, act) : act();
}

export const isUnsent = (item) => item.state !== "sent";

export async function forgetDraftOf(item) {
  const drafts = (await all("drafts")).filter((one) => one.owner === item.owner && one.url === item.url);
  await Promise.all(drafts.map((one) => drop("drafts", one.key)));
}

export function listen(act) {
  told?.addEventListener("message", act);
  here.add(act);
}

// A channel does not speak to the one who speaks.
const here = new Set();
function tell() {
  told?.postMessage("items");
  here.forEach((act) => act());
}
