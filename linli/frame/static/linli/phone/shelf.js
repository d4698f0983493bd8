// What this phone keeps, in IndexedDB: forms on their way (items), half-written ones (drafts), and marks.
const NAME = "linli";
const STORES = ["items", "drafts", "marks"];
let opened = null;

export const put = (store, value) => ask(store, "readwrite", (shelf) => shelf.put(value));
export const get = (store, key) => ask(store, "readonly", (shelf) => shelf.get(key));
export const all = (store) => ask(store, "readonly", (shelf) => shelf.getAll());
export const drop = (store, key) => ask(store, "readwrite", (shelf) => shelf.delete(key));

export async function mark(key) {
  return (await get("marks", key))?.value;
}

async function ask(store, mode, act) {
  const shelves = await open();
  return new Promise((done, fail) => {
    const piece = shelves.transaction(store, mode);
    const wanted = act(piece.objectStore(store));
    piece.oncomplete = () => done(wanted.result);
    piece.onabort = piece.onerror = () => fail(piece.error);
  });
}

function open() {
  opened ??= new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => STORES.forEach((store) => asked.result.createObjectStore(store, { keyPath: "key" }));
    asked.onsuccess = () => {
      asked.result.onversionchange = asked.result.onclose = () => forget(asked.result);
      done(asked.result);
    };
    asked.onerror = () => fail(asked.error);
  });
  opened.catch(() => (opened = null));
  return opened;
}

function forget(shelves) {
  shelves.close();
  opened = null;
}
