// The page in the browser. The server draws; this puts what it drew in place,
// sends what people do, and looks after focus, scrolling and the composer.
"use strict";

const body = document.body;
const base = body.dataset.base;
const versions = JSON.parse(body.dataset.versions);
const $ = (id) => document.getElementById(id);

// ---- What is done ---------------------------------------------------------

async function act(what, details, busy) {
  if (busy && busy.getAttribute("aria-busy") === "true") return {};
  if (busy) busy.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(base + "/" + what, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(details || {}),
    });
    const said = await answer.json().catch(() => ({ error: "The demo did not understand that." }));
    if (said.error) toast(said.error, true);
    if (said.go) {
      sessionStorage.setItem("said", said.said || "");
      location.assign(said.go);
      return await new Promise(() => {}); // busy until the other screen is there
    }
    if (said.said) toast(said.said, false);
    return said;
  } catch {
    toast("The demo is not answering. Is it still running?", true);
    return { error: "unreachable" };
  } finally {
    if (busy) busy.removeAttribute("aria-busy");
  }
}

function toast(text, wrong) {
  const note = document.createElement("div");
  note.className = wrong ? "toast wrong" : "toast";
  note.setAttribute("role", wrong ? "alert" : "status");
  const words = document.createElement("span");
  words.textContent = text;
  const away = document.createElement("button");
  away.type = "button";
  away.className = "toast-away";
  away.setAttribute("aria-label", "Dismiss");
  away.textContent = "✕";
  away.addEventListener("click", () => note.remove());
  note.append(words, away);
  $("toasts").append(note);
  while ($("toasts").children.length > 3) $("toasts").firstChild.remove();
  setTimeout(() => note.remove(), wrong ? 9000 : 5000);
}

// placeOf is what a control belongs to, as the server wants it.
function placeOf(node) {
  const message = node.closest("[data-ts]");
  if (message) return { channel: message.dataset.channel, ts: message.dataset.ts };
  const view = node.closest("[data-view]");
  return view ? { view: view.dataset.view } : {};
}

async function press(node, choose, busy) {
  if (!(await sure(node.dataset))) return;
  const form = node.closest("form[data-view]");
  const wish = { ...placeOf(node), block: node.dataset.block, action: node.dataset.action, choose, values: form ? formValues(form) : {} };
  await act("press", wish, busy || node);
}

// sure asks what Slack asks before it lets a press through.
function sure(asked) {
  if (asked.confirm === undefined) return true;
  const box = $("sure");
  $("sure-title").textContent = asked.confirm;
  $("sure-text").textContent = asked.confirmText;
  $("sure-yes").textContent = asked.confirmYes;
  $("sure-no").textContent = asked.confirmNo;
  $("sure-yes").className = "btn " + (asked.confirmStyle === "danger" ? "danger-solid" : "primary");
  return new Promise((settle) => {
    const end = (yes) => () => { box.returnValue = yes; box.close(); };
    $("sure-yes").onclick = end("yes");
    $("sure-no").onclick = end("no");
    box.returnValue = "no";
    box.onclose = () => settle(box.returnValue === "yes");
    box.showModal();
    $("sure-no").focus();
  });
}

// ---- What arrives ---------------------------------------------------------

const fragmentOf = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
};

// keepingFocus replaces part of the document and puts the focus back where it was.
function keepingFocus(holder, replace, otherwise) {
  const inside = holder && holder.contains(document.activeElement) ? document.activeElement : null;
  const id = inside && inside.id;
  const open = inside && inside.closest(".pop-list");
  replace();
  if (!inside || (document.contains(inside) && document.activeElement === inside)) return;
  const next = (id && $(id)) || (open && $(open.id.replace(/-list$/, "")));
  if (next) next.focus({ preventScroll: true });
  else if (otherwise) otherwise();
}

function arrive(news) {
  document.title = news.title;
  for (const region of news.regions) {
    if (versions[region.id] === region.v) continue;
    versions[region.id] = region.v;
    if (region.id === "dialog") renderDialog(region.html);
    else if ($(region.id)) keepingFocus($(region.id), () => $(region.id).replaceChildren(fragmentOf(region.html)));
  }
  if ($("items")) arriveItems(news.items);
  for (const text of news.notices || []) toast(text, true);
  look();
}

function arriveItems(items) {
  const stream = $("stream");
  const pinned = stream.scrollHeight - stream.scrollTop - stream.clientHeight < 80;
  const wanted = new Set(items.map((it) => it.id));
  for (const old of [...$("items").children]) {
    if (wanted.has(old.id)) continue;
    keepingFocus(old, () => old.remove(), focusComposer);
    delete versions[old.id];
  }
  let after = null;
  let added = false;
  for (const it of items) {
    let node = $(it.id);
    if (!node || (it.html && versions[it.id] !== it.v)) {
      const fresh = fragmentOf(it.html).firstElementChild;
      if (node) {
        keepingFocus(node, () => node.replaceWith(fresh), () => fresh.focus({ preventScroll: true }));
      } else {
        added = true;
        if (after) after.after(fresh);
        else $("items").prepend(fresh);
      }
      node = fresh;
      versions[it.id] = it.v;
    }
    after = node;
  }
  if (pinned) toEnd();
  else if (added) $("jump").hidden = false;
}

function toEnd() {
  const stream = $("stream");
  stream.scrollTop = stream.scrollHeight;
  $("jump").hidden = true;
}

// look tells the server that somebody looks at this place.
let looking = false;
async function look() {
  if (looking || document.visibilityState !== "visible" || body.dataset.home !== undefined) return;
  const here = document.querySelector('#nav [aria-current="page"] .badge');
  if (!here) return;
  looking = true;
  await fetch(base + "/read", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" }).catch(() => {});
  looking = false;
}

function listen() {
  const source = new EventSource(body.dataset.live);
  source.onmessage = (event) => {
    body.dataset.connected = "yes";
    $("said").textContent = "";
    arrive(JSON.parse(event.data));
  };
  source.onerror = () => {
    if (body.dataset.connected === "yes") $("said").textContent = "The connection broke; trying again.";
    body.dataset.connected = "no";
  };
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

// ---- Forms ----------------------------------------------------------------

let opener = null;

function renderDialog(html) {
  const modal = $("modal");
  const content = fragmentOf(html);
  const fresh = content.querySelector("[data-view]");
  const old = $("dialog").querySelector("[data-view]");
  if (!fresh) {
    $("dialog").replaceChildren();
    if (modal.open) modal.close();
    return;
  }
  const same = old && old.dataset.view === fresh.dataset.view;
  const typed = same ? new Map([...old.querySelectorAll("[data-dirty]")].map((f) => [f.id, f])) : new Map();
  keepingFocus(same ? $("dialog") : null, () => {
    $("dialog").replaceChildren(content);
    for (const [id, was] of typed) restore($(id), was);
  });
  showModal();
  const wrong = $("dialog").querySelector('[aria-invalid="true"], .field.wrong input');
  if (wrong) wrong.focus();
  else if (!same) firstField().focus();
}

// restore keeps what was typed in a field that was drawn again.
function restore(now, was) {
  if (!now) return;
  if (was.classList.contains("choices")) {
    const on = new Set([...was.querySelectorAll("input:checked")].map((i) => i.value));
    for (const box of now.querySelectorAll("input")) box.checked = on.has(box.value);
  } else {
    now.value = was.value;
    const found = was.closest(".search");
    if (found && found.dataset.chosen !== undefined && now.closest(".search")) now.closest(".search").dataset.chosen = found.dataset.chosen;
  }
  now.dataset.dirty = "";
}

function showModal() {
  const modal = $("modal");
  if (modal.open) return;
  const menu = document.activeElement.closest(".pop-list");
  opener = menu ? document.querySelector('[aria-controls="' + menu.id + '"]') : document.activeElement;
  closePops();
  modal.showModal();
}

const firstField = () =>
  $("dialog").querySelector("[data-focus]") || $("dialog").querySelector(".modal-body input, .modal-body select, .modal-body textarea, .modal-body button") || $("modal-close");

function formValues(form) {
  const values = {};
  for (const field of form.querySelectorAll("input, select, textarea")) {
    if (!field.name) continue;
    const choice = field.type === "checkbox" || field.type === "radio";
    if (choice && !values[field.name]) values[field.name] = [];
    if (choice && field.checked) values[field.name].push(field.value);
    if (!choice) values[field.name] = [field.value];
  }
  for (const search of form.querySelectorAll(".search[data-name]")) {
    if (search.dataset.chosen !== undefined) values[search.dataset.name] = JSON.parse(search.dataset.chosen);
  }
  return values;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  if (form.id === "composer") return send();
  if (form.id === "clock-form") {
    await moveClock($("clock-to").value, $("clock-go"));
    $("other-time").open = false;
    $("clock-other").focus();
    return;
  }
  if (form.dataset.view) {
    const said = await act("submit", { view: form.dataset.view, values: formValues(form) }, $("modal-submit"));
    const wrong = !said.error && $("dialog").querySelector('[aria-invalid="true"], .field.wrong input');
    if (wrong) wrong.focus();
  }
});

$("modal").addEventListener("cancel", (event) => {
  event.preventDefault();
  act("close", {});
});

$("modal").addEventListener("close", () => {
  if ($("modal").open) return; // the next form is there already
  const back = opener && document.contains(opener) && opener !== body ? opener : null;
  opener = null;
  if (back) back.focus({ preventScroll: true });
  if (document.activeElement !== back) focusComposer();
});

function focusComposer() {
  if ($("text")) $("text").focus({ preventScroll: true });
  else $("main").focus({ preventScroll: true });
}

// ---- The clock ------------------------------------------------------------

async function moveClock(to, button) {
  for (const other of document.querySelectorAll("[data-clock]")) other.setAttribute("aria-disabled", "true");
  await act("clock", { to }, button);
  for (const other of document.querySelectorAll("[data-clock]")) other.removeAttribute("aria-disabled");
}

if ($("other-time")) {
  $("other-time").addEventListener("toggle", () => {
    if (!$("other-time").open) return;
    $("clock-to").value = $("now").dataset.input;
    $("clock-to").focus();
  });
}

// ---- Situations -----------------------------------------------------------

async function bringAbout(button) {
  const all = document.querySelectorAll("[data-situation]");
  if (button.getAttribute("aria-disabled") === "true") return;
  for (const other of all) if (other !== button) other.setAttribute("aria-disabled", "true");
  $("said").textContent = "Loading " + button.dataset.situation + ".";
  await act("situation", { to: button.dataset.situation }, button);
  for (const other of all) other.removeAttribute("aria-disabled");
}

// ---- Menus ----------------------------------------------------------------

const listOf = (button) => $(button.getAttribute("aria-controls"));
const entries = (list) => [...list.querySelectorAll(".pop-item")];

function openPop(button) {
  closePops();
  const list = listOf(button);
  list.hidden = false;
  button.setAttribute("aria-expanded", "true");
  list.classList.toggle("above", button.getBoundingClientRect().bottom > innerHeight - 240);
  const all = entries(list);
  (all.find((e) => e.getAttribute("aria-selected") === "true") || all[0] || button).focus();
}

function closePops(returning) {
  for (const button of document.querySelectorAll('[data-pop][aria-expanded="true"]')) {
    button.setAttribute("aria-expanded", "false");
    listOf(button).hidden = true;
    if (returning) button.focus();
  }
}

async function choose(entry) {
  const list = entry.closest(".pop-list");
  const search = list.closest(".search");
  if (search) return choseFound(search, entry);
  const button = document.querySelector('[aria-controls="' + list.id + '"]');
  closePops(true);
  if (entry.dataset.shortcut) await act("shortcut", { ...placeOf(entry), callback: entry.dataset.shortcut }, button);
  else await press(list, [entry.dataset.value], button);
}

// Menus that ask the bot for their options.
let asking = 0;

async function searchFor(search) {
  const input = search.querySelector("input");
  const list = search.querySelector(".pop-list");
  const mine = ++asking;
  const said = await act("suggest", { ...placeOf(search), block: search.dataset.block, action: search.dataset.action, typed: input.value });
  if (mine !== asking || !said.options) return;
  list.replaceChildren(...said.options.map((o) => {
    const entry = document.createElement("span");
    entry.className = "pop-item";
    entry.setAttribute("role", "option");
    entry.tabIndex = -1;
    entry.dataset.value = o.value;
    entry.textContent = o.label;
    return entry;
  }));
  list.hidden = said.options.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
}

function choseFound(search, entry) {
  const input = search.querySelector("input");
  const chosen = search.dataset.several !== undefined && search.dataset.chosen ? JSON.parse(search.dataset.chosen) : [];
  search.dataset.chosen = JSON.stringify([...chosen, entry.dataset.value]);
  input.value = entry.textContent;
  input.dataset.dirty = "";
  closeSearch(search);
  input.focus();
  if (search.dataset.name === undefined || input.dataset.dispatch !== undefined) press(search, JSON.parse(search.dataset.chosen), input);
}

function closeSearch(search) {
  search.querySelector(".pop-list").hidden = true;
  search.querySelector("input").setAttribute("aria-expanded", "false");
}

// ---- What people touch ----------------------------------------------------

document.addEventListener("click", (event) => {
  const entry = event.target.closest(".pop-item");
  if (entry) return choose(entry);
  const pop = event.target.closest("[data-pop]");
  if (pop) return pop.getAttribute("aria-expanded") === "true" ? closePops(true) : openPop(pop);
  closePops();
  for (const search of document.querySelectorAll(".search")) if (!search.contains(event.target)) closeSearch(search);
  if (!event.target.closest("#other-time") && $("other-time")) $("other-time").open = false;

  const pressed = event.target.closest('[data-press="button"], [data-press="link"]');
  if (pressed) return void press(pressed, []);
  const close = event.target.closest("[data-close]");
  if (close) return void act("close", { all: close.dataset.close === "all" }, close);
  const clock = event.target.closest("[data-clock]");
  if (clock && clock.getAttribute("aria-disabled") !== "true") return void moveClock(clock.dataset.clock, clock);
  const situation = event.target.closest("[data-situation]");
  if (situation) return void bringAbout(situation);
  const command = event.target.closest(".command");
  if (command) return take(command);
  if (event.target.closest("#jump")) {
    toEnd();
    return focusComposer();
  }
  if (event.target.closest("#drawer-button")) return drawer(!body.classList.contains("drawer-open"));
  if (body.classList.contains("drawer-open") && !event.target.closest("#side")) drawer(false);
});

function drawer(open) {
  body.classList.toggle("drawer-open", open);
  $("drawer-button").setAttribute("aria-expanded", String(open));
  if (open) document.querySelector("#nav a").focus();
}

let waiting = 0;

document.addEventListener("change", (event) => {
  const field = event.target;
  const set = field.closest("[data-press], [data-dispatch]");
  const holder = field.closest(".choices") || field;
  if (holder.closest("[data-view]")) holder.dataset.dirty = "";
  // What is typed acts when Enter is pressed or while it is typed; a search, when something is found.
  if (!set || ["enter", "typing", "found"].includes(set.dataset.dispatch)) return;
  const chosen = set.classList.contains("choices") ? [...set.querySelectorAll("input:checked")].map((i) => i.value) : [field.value];
  clearTimeout(waiting);
  // A date typed by hand changes with every key.
  waiting = setTimeout(() => press(set, chosen, holder), /^(date|time)/.test(field.type) ? 700 : 0);
});

document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.id === "text") return typing();
  if (field.closest("[data-view]") && field.id) field.dataset.dirty = "";
  const search = field.closest(".search");
  if (search) {
    clearTimeout(waiting);
    if (search.dataset.several === undefined || field.value === "") search.dataset.chosen = "[]";
    waiting = setTimeout(() => searchFor(search), 200);
  } else if (field.dataset.dispatch === "typing") {
    clearTimeout(waiting);
    waiting = setTimeout(() => press(field, [field.value], field), 400);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.target.id === "text") return composerKey(event);
  const list = event.target.closest(".pop-list");
  const search = event.target.closest(".search");
  if (search && !list) return searchKey(event, search);
  if (list) return listKey(event, list);
  if (event.key === "Enter" && event.target.dataset.dispatch === "enter" && !event.shiftKey) {
    event.preventDefault();
    return void press(event.target, [event.target.value], event.target);
  }
  if (event.target.matches("[data-pop]") && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    openPop(event.target);
  }
  if (event.key === "Escape" && body.classList.contains("drawer-open")) {
    drawer(false);
    $("drawer-button").focus();
  }
  if (event.key === "Escape" && $("other-time") && $("other-time").open) {
    $("other-time").open = false;
    $("clock-other").focus();
  }
});

// Enter sends, however the key arrives: a line break is for Shift+Enter. Where one
// searches it is for what was found, and does not send the form.
document.addEventListener("keypress", (event) => {
  if (event.key !== "Enter" || event.shiftKey) return;
  if (event.target.id === "text" || event.target.closest(".search")) event.preventDefault();
});

function listKey(event, list) {
  const all = entries(list);
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: (at + 1) % all.length, ArrowUp: (at + all.length - 1) % all.length, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all[to].focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (at >= 0) choose(all[at]);
  } else if (event.key === "Escape" || event.key === "Tab") {
    if (event.key === "Escape") event.preventDefault();
    event.stopPropagation();
    const search = list.closest(".search");
    if (search) {
      closeSearch(search);
      search.querySelector("input").focus();
    } else {
      closePops(true);
    }
  } else if (event.key.length === 1) {
    const next = all.find((e, i) => i > at && e.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase())) ||
      all.find((e) => e.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()));
    if (next) next.focus();
  }
}

function searchKey(event, search) {
  const list = search.querySelector(".pop-list");
  if ((event.key === "ArrowDown" || event.key === "Enter") && !list.hidden) {
    event.preventDefault();
    entries(list)[0].focus();
  } else if (event.key === "ArrowDown") {
    searchFor(search);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    closeSearch(search);
  }
}

// ---- The composer ---------------------------------------------------------

const kept = (key) => JSON.parse(sessionStorage.getItem(key + " " + base) || "null");
const keep = (key, value) => sessionStorage.setItem(key + " " + base, JSON.stringify(value));
let recalled = -1; // how far back in what was sent
let active = -1;   // the command chosen in the list

async function send() {
  const text = $("text").value.trim();
  if (!text) return;
  const sent = (kept("sent") || []).filter((t) => t !== text);
  keep("sent", [...sent, text].slice(-50));
  setText("");
  toEnd();
  const said = await act("type", { text }, $("send"));
  if (said.error && !$("text").value) setText(text);
}

function setText(text) {
  $("text").value = text;
  $("text").setSelectionRange(text.length, text.length);
  recalled = -1;
  typing();
}

// typing fits the composer to its text and offers what could follow.
function typing() {
  const box = $("text");
  box.style.height = "auto";
  box.style.height = Math.min(box.scrollHeight, 180) + "px";
  keep("draft", box.value);
  complete();
}

function complete() {
  const text = $("text").value;
  const command = body.dataset.command;
  const whole = (command + " ").startsWith(text) && text.startsWith("/");
  const rest = text.startsWith(command + " ") ? text.slice(command.length + 1).toLowerCase() : whole ? "" : null;
  let shown = 0;
  for (const option of document.querySelectorAll(".command")) {
    const fits = rest !== null && !text.includes("\n") && option.dataset.text.toLowerCase().startsWith(rest.trimStart()) && option.dataset.text.toLowerCase() !== rest;
    option.hidden = !fits;
    if (fits) shown++;
  }
  const open = (whole || shown > 0) && recalled < 0;
  if (open && $("completion").hidden) $("commands").scrollTop = 0;
  $("completion").hidden = !open;
  activate(-1);
}

const offered = () => [...document.querySelectorAll(".command")].filter((o) => !o.hidden);

function activate(to) {
  active = to;
  const all = offered();
  for (const [i, option] of all.entries()) option.setAttribute("aria-selected", String(i === to));
  if (to >= 0 && all[to]) {
    $("text").setAttribute("aria-activedescendant", all[to].id);
    all[to].scrollIntoView({ block: "nearest" });
  } else {
    $("text").removeAttribute("aria-activedescendant");
  }
}

function take(option) {
  setText(body.dataset.command + " " + option.dataset.text);
  $("completion").hidden = true;
  $("text").focus();
}

function composerKey(event) {
  const open = !$("completion").hidden;
  const all = offered();
  const box = $("text");
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (open && active >= 0) take(all[active]);
    else send();
  } else if (event.key === "Escape" && open) {
    event.preventDefault();
    $("completion").hidden = true;
  } else if (event.key === "Tab" && !event.shiftKey && open && active >= 0) {
    event.preventDefault();
    take(all[active]);
  } else if (event.key === "ArrowUp" && (box.value === "" || recalled >= 0)) {
    recall(event, 1);
  } else if (event.key === "ArrowDown" && recalled >= 0) {
    recall(event, -1);
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open && all.length > 0) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : all.length - 1;
    activate(active < 0 && event.key === "ArrowUp" ? all.length - 1 : (active + step) % all.length);
  }
}

function recall(event, by) {
  const sent = kept("sent") || [];
  const to = recalled + by;
  if (to >= sent.length) return;
  event.preventDefault();
  setText(to < 0 ? "" : sent[sent.length - 1 - to]);
  recalled = Math.max(-1, to);
  $("completion").hidden = true;
}

// ---- The start ------------------------------------------------------------

if ($("text")) {
  $("stream").addEventListener("scroll", () => {
    const stream = $("stream");
    if (stream.scrollHeight - stream.scrollTop - stream.clientHeight < 80) $("jump").hidden = true;
  });
  $("text").addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== $("text")) $("completion").hidden = true; }, 150));
  const draft = kept("draft");
  if (draft) {
    $("text").value = draft;
    typing();
    $("completion").hidden = true;
  }
  toEnd();
  if (matchMedia("(min-width: 720px)").matches && !$("dialog").querySelector("[data-view]")) $("text").focus({ preventScroll: true });
}
if ($("dialog").querySelector("[data-view]")) {
  showModal();
  firstField().focus();
}
if (body.dataset.home !== undefined) act("open", {});
if (sessionStorage.getItem("said")) toast(sessionStorage.getItem("said"), false);
sessionStorage.removeItem("said");
document.addEventListener("visibilitychange", look);
listen();
