// Stands between the pages and the network: keeps what is needed without it, and lets no form get lost.
import { forgetDraftOf, pack, remove, save } from "./items.js";
import { fetchAnew, keepAll, show, welcome } from "./pages.js";
import { send, sendAll } from "./sending.js";

const SHELL = "linli-shell-";
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const SIGN_IN = "/accounts/login/?next=";

export function begin({ version, shell, offline, forms }) {
  const cache = SHELL + version;
  const sent = forms.map((one) => new RegExp(`^${one}$`));
  self.addEventListener("install", (event) => event.waitUntil(furnish(cache, shell, offline)));
  self.addEventListener("activate", (event) => event.waitUntil(takeOver(cache)));
  self.addEventListener("fetch", (event) => {
    const answer = answerTo(event, { cache, offline, sent });
    if (answer) event.respondWith(answer);
  });
  self.addEventListener("message", (event) => event.waitUntil(furnishFor(event, cache)));
  self.addEventListener("sync", (event) => event.waitUntil(sendAll()));
}

async function furnish(name, shell, offline) {
  const cache = await caches.open(name);
  await cache.addAll(shell.map((url) => new Request(url, { cache: HASHED.test(url) ? "default" : "reload" })));
  await cache.add(new Request(offline, { cache: "reload", credentials: "omit" }));
  await self.skipWaiting();
}

async function furnishFor({ data: { owner, keep }, source }, cache) {
  await welcome(owner);
  const parts = keep ? await keepAll(keep).catch(() => []) : [];
  await Promise.all(parts.map((part) => piece(new Request(new URL(part, self.location.origin)), cache)));
  source?.postMessage("kept");
}

// The pages that are kept still want the styles they came with: one former set stays until they were fetched anew.
async function takeOver(name) {
  const old = (await caches.keys()).filter((one) => one.startsWith(SHELL) && one !== name);
  await Promise.all(old.slice(0, -1).map((one) => caches.delete(one)));
  await fetchAnew();
  await self.clients.claim();
}

function answerTo({ request }, { cache, offline, sent }) {
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return null;
  if (request.method === "GET" && pathname.startsWith("/static/")) return piece(request, cache);
  if (request.method === "GET" && request.mode === "navigate") return show(request, offline);
  if (request.method === "POST" && sent.some((one) => one.test(pathname))) return form(request);
  return null;
}

async function piece(request, name) {
  const cache = await caches.open(name);
  const kept = (await cache.match(request)) ?? (await caches.match(request));
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  try {
    const answer = await fetch(request);
    if (answer.status === 200) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return kept ?? Response.error();
  }
}

async function form(request) {
  const part = request.headers.has("HX-Request");
  const page = request.referrer ? path(request.referrer) : "/";
  const item = await putAside(request, page).catch(() => null);
  return item ? answerWith(await send(item, { html: true, part }), { part, page }) : fetch(request);
}

// A store that is full, broken or forbidden must never stand in the way of sending.
async function putAside(request, page) {
  const data = await request.clone().formData();
  if (!data.has("sending")) return null;
  const item = await save(await pack(data, { url: path(request.url), page }), {});
  if (data.get("sending_instead")) await remove(data.get("sending_instead"));
  return item;
}

async function answerWith(outcome, { part, page }) {
  if (outcome.state === "page") {
    await remove(outcome.key);
    return outcome.answer;
  }
  if (outcome.state === "sent") {
    await remove(outcome.key);
    return lead(outcome.href, part);
  }
  await forgetDraftOf(outcome);
  await self.registration.sync?.register("unsent").catch(() => null);
  const list = page.startsWith("/desk/") ? "/desk/unsent/" : "/unsent/";
  return lead(outcome.state === "signin" ? SIGN_IN + list : list, part);
}

function lead(href, part) {
  const url = new URL(href, self.location.origin).href;
  return part ? new Response("", { headers: { "HX-Redirect": url } }) : Response.redirect(url, 303);
}

function path(url) {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
