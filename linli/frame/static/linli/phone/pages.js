// The pages this phone keeps for one person: shown without a network, and always with the hour they are from.
import { owner } from "./items.js";
import { all, drop, mark, put } from "./shelf.js";

const PAGES = "linli-pages";
const MOST = 60;
const MOST_BYTES = 8_000_000;
const PATIENCE = 8_000;
const FRESH = 3 * 60_000;
const STALE = 4 * 3600_000;
const KEPT_AT = "Linli-Kept-At";
const DOWN = [502, 503, 504];
const KEPT = "kept ";
const PASSING = ["sent", "again"];
const PART = /(?:href|src)="(\/static\/[^"]+)"/g;
const HIDDEN = 'id="kept" hidden';

export async function show(request, offline) {
  const kept = await find(request.url);
  try {
    const answer = await (kept ? soon(fetch(request)) : fetch(request));
    if (kept && DOWN.includes(answer.status)) throw new Error("down");
    await welcome(answer.headers.get("Linli-Owner"));
    if (isKept(answer)) await keep(request.url, answer.clone());
    return answer;
  } catch {
    return (kept && (await asKept(kept))) ?? (await atStart(request.url)) ?? (await caches.match(offline)) ?? Response.error();
  }
}

// Whoever comes next on this phone never sees what the one before was shown.
export async function welcome(now) {
  if (!now || now === (await owner())) return;
  await wipe();
  await put("marks", { key: "owner", value: now });
}

export async function wipe() {
  await caches.delete(PAGES);
  await fetchAnew();
}

export async function fetchAnew() {
  const lists = (await all("marks")).filter(({ key }) => key.startsWith(KEPT));
  await Promise.all(lists.map(({ key }) => drop("marks", key)));
}

export async function keepAll(list) {
  const { at, marks } = (await mark(KEPT + list)) ?? { at: 0, marks: {} };
  if (Date.now() - at < FRESH) return [];
  const whose = await owner();
  const answer = await fetch(list, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return [];
  const { pages } = await answer.json();
  await put("marks", { key: KEPT + list, value: { at: Date.now(), marks: Object.fromEntries(pages) } });
  const parts = new Set();
  let bytes = 0;
  for (const [url, state] of pages.slice(0, MOST)) {
    if (marks[url] === state && (await age(url)) < STALE) continue;
    const page = await fetch(url, { headers: { Accept: "text/html" } });
    if (page.headers.get("Linli-Owner") !== whose || whose !== (await owner())) break;
    for (const [, part] of (await page.clone().text()).matchAll(PART)) parts.add(part);
    bytes += isKept(page) ? await keep(url, page) : 0;
    if (bytes > MOST_BYTES) break;
  }
  return [...parts];
}

const isKept = (answer) => answer.status === 200 && !answer.redirected && answer.headers.has("Linli-Keep");

async function keep(url, answer) {
  const cache = await caches.open(PAGES);
  const content = await answer.blob();
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.set(KEPT_AT, String(Date.now()));
  await cache.delete(bare(url));
  await cache.put(bare(url), new Response(content, { headers }));
  const urls = await cache.keys();
  await Promise.all(urls.slice(0, Math.max(0, urls.length - MOST)).map((old) => cache.delete(old)));
  return content.size;
}

async function find(url) {
  return (await caches.open(PAGES)).match(bare(url));
}

async function age(url) {
  const kept = await find(url);
  return kept ? Math.abs(Date.now() - Number(kept.headers.get(KEPT_AT))) : Infinity;
}

// The page itself carries the line that says from when it is; the network being gone, it is shown.
async function asKept(kept) {
  const text = (await kept.text()).replace(HIDDEN, 'id="kept" data-from-phone');
  return new Response(text, { headers: kept.headers });
}

async function atStart(url) {
  if (new URL(url).pathname !== "/start/") return null;
  const urls = (await (await caches.open(PAGES)).keys()).map((one) => new URL(one.url).pathname);
  const first = ["/desk/today/", "/desk/"].find((one) => urls.includes(one)) ?? urls[0];
  return first ? Response.redirect(first) : null;
}

function bare(url) {
  const plain = new URL(url, self.location.origin);
  PASSING.forEach((name) => plain.searchParams.delete(name));
  return plain.origin + plain.pathname + plain.search;
}

function soon(answer) {
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("late")), PATIENCE));
  return Promise.race([answer, late]);
}
