"use strict";
// What forms and links cannot do: live panes, dialogs, keys, completion, the ticking clock.
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const root = document.documentElement;
root.classList.add("js");
if (localStorage.folded === "yes") root.classList.add("folded");

// -- live panes ---------------------------------------------------------------------------------------------
let source = null;
function listen() {
  source = new EventSource(`${document.body.dataset.live}?marks=${encodeURIComponent(document.body.dataset.marks)}`);
  source.onmessage = (event) => {
    document.body.dataset.marks = event.lastEventId;
    for (const pane of event.data.split(" ")) htmx.trigger(`#${pane}`, "changed");
  };
  source.onerror = () => { source.close(); setTimeout(() => document.hidden || listen(), 1000); };
}
document.addEventListener("visibilitychange", () => { source?.close(); if (!document.hidden) listen(); });

// What a person opened, typed or is waiting for stays as it is while the pane around it is drawn again.
Idiomorph.defaults.callbacks.beforeNodeMorphed = (old, fresh) => {
  if (!(old instanceof Element) || !(fresh instanceof Element)) return true;
  if (old.matches("[data-keep]") && old.id === fresh.id) return false;
  if (old.matches("[aria-busy=true]") && old.id && old.id === fresh.id) return false;
  if (old.matches("details") && old.id === fresh.id) fresh.open = old.open;
  if (old.id === "clock") fresh.textContent = fresh.dataset.flows ? old.textContent : fresh.textContent;
  return true;
};

// -- dialogs ------------------------------------------------------------------------------------------------
let returnTo = null, complained = "";
// On a small screen what is wrong may be out of sight: the first of it is brought up, once.
function complain() {
  const wrong = $$("#layer .b-input.wrong"), found = wrong.map((one) => one.id).join(" ");
  if (found && found !== complained) $("input, textarea, select", wrong[0])?.focus();
  complained = found;
}
function raise() {
  for (const dialog of $$("#layer dialog[open]")) {
    if (dialog.matches(":modal")) continue;
    returnTo ??= document.activeElement?.id;
    dialog.removeAttribute("open");
    dialog.showModal();
    ($(".wrong input, .wrong textarea, .wrong select", dialog) ?? $("[autofocus]", dialog))?.focus();
  }
  if (!$("#layer dialog") && returnTo) { document.getElementById(returnTo)?.focus(); returnTo = null; }
}
function leave() { htmx.trigger("#layer", "changed"); }
document.addEventListener("cancel", (event) => {
  const away = $("[data-cancel]", event.target);
  if (away) { event.preventDefault(); away.click(); }
}, true);

// What a jump brought is shown once; closed, it stays closed.
function brought(loading) {
  const menu = $("details.jumped");
  if (!menu) return;
  if (loading && sessionStorage.brought === menu.id) menu.open = false;
  sessionStorage.brought = menu.id;
}

// -- presses ------------------------------------------------------------------------------------------------
function tell(words, wrong = false) {
  const toast = document.createElement("p");
  toast.className = wrong ? "toast wrong" : "toast";
  toast.textContent = words;
  $("#toasts").append(toast);
  setTimeout(() => toast.remove(), 4000 + words.length * 45);
}
document.addEventListener("submit", (event) => event.submitter?.setAttribute("aria-busy", "true"), true);
// A press that waited for the one before it is still the press of its own button; htmx would send whichever has the focus.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const pressed = detail.triggeringEvent?.submitter;
  if (!pressed?.name) return;
  for (const other of $$("button[name]", pressed.form)) if (!$(`input[name="${other.name}"]`, pressed.form)) detail.parameters.delete(other.name);
  detail.parameters.set(pressed.name, pressed.value);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt, pressed = $$("[aria-busy=true]").filter((one) => one.form === form);
  for (const one of pressed) one.removeAttribute("aria-busy");
  if (!detail.requestConfig?.triggeringEvent || form.tagName !== "FORM") return;
  if (!detail.xhr.status) tell("The sandbox does not answer. Is it still running?", true);
  const told = JSON.parse(detail.xhr.getResponseHeader("HX-Trigger") ?? "{}").told;
  const late = $(".late", form);
  if (late) late.textContent = told?.bad || told?.words.includes("did not answer") ? `⚠ ${told.words}` : "";
  if (detail.successful && !told?.bad) { const box = $("[data-send]", form); if (box) { box.value = ""; offer([]); } }
  if ($("#question")?.contains(detail.requestConfig.triggeringEvent.submitter)) leave();
});
document.addEventListener("told", ({ detail }) => tell(detail.words, detail.bad));
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-press]")) $(`button.choose[value="${CSS.escape(target.name.slice(2))}"]`, target.form)?.click();
});
document.addEventListener("click", (event) => {
  const target = event.target;
  for (const menu of $$("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  const beside = target.closest("a[data-beside]");
  if (beside && !event.ctrlKey && !event.metaKey) { event.preventDefault(); look(beside.href); }
  if (target.closest("[data-leave]")) { event.preventDefault(); leave(); }
  if (target.closest("[data-fold]")) fold();
  const copy = target.closest("[data-copy]");
  if (copy) navigator.clipboard?.writeText($("pre", copy.parentElement).textContent).then(() => tell("Copied."));
  const offered = target.closest("#offers [data-words]");
  if (offered) take(offered);
});
function look(address) {
  const url = new URL(address);
  history.replaceState(null, "", url);
  root.classList.remove("folded");
  const beside = ["thread", "show", "message", "call"].some((name) => url.searchParams.get(name));
  document.body.dataset.pane = beside ? "aside" : "talk";
  url.searchParams.set("part", "aside");
  htmx.ajax("GET", url.pathname + url.search, { target: "#aside", swap: "morph:outerHTML" })
    .then(() => $("#aside textarea")?.focus());
}
function fold() {
  const folded = root.classList.toggle("folded");
  localStorage.folded = folded ? "yes" : "no";
  if (document.body.dataset.pane === "aside") document.body.dataset.pane = "talk";
}

// -- writing ------------------------------------------------------------------------------------------------
const box = () => $("#text");
function word() {
  const before = box().value.slice(0, box().selectionStart);
  return before.startsWith("/") && !before.includes("\n") && !/[@#]\S*$/.test(before) ? before : (/(?:^|\s)([@#][\w.-]*)$/.exec(before)?.[1] ?? "");
}
function offer(rows) {
  const list = $("#offers");
  if (!list) return;
  list.replaceChildren(...rows);
  list.hidden = !rows.length;
  pick(rows.find((row) => row.dataset.words));
}
function pick(row) {
  for (const other of $$("#offers [aria-selected=true]")) other.setAttribute("aria-selected", "false");
  row?.setAttribute("aria-selected", "true");
  if (row) box().setAttribute("aria-activedescendant", row.id); else box()?.removeAttribute("aria-activedescendant");
}
function take(row) {
  const at = box().selectionStart, begin = at - word().length;
  box().setRangeText(row.dataset.words, begin, at, "end");
  offer([]);
  box().focus();
  complete();
}
async function complete() {
  const wanted = word();
  if (!wanted) return offer([]);
  const answer = await fetch(`${box().dataset.complete}?text=${encodeURIComponent(wanted)}`);
  if (answer.ok && wanted === word()) {
    const shell = document.createElement("template");
    shell.innerHTML = await answer.text();
    offer($$("li", shell.content));
  }
}
document.addEventListener("input", ({ target }) => {
  if (target.id === "text") complete();
  if (target.id === "jump-to") jumps(target.value);
});
function keyInBox(event) {
  const row = $("#offers [aria-selected=true]"), rows = $$("#offers [data-words]");
  if (row && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    pick(rows.at((rows.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)) % rows.length));
  } else if (row && (event.key === "Tab" || (event.key === "Enter" && row.dataset.words.trim() !== word()))) {
    event.preventDefault();
    take(row);
  } else if (event.key === "Escape" && $("#offers")?.hidden === false) { event.stopPropagation(); offer([]); }
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $(".send", event.target.form).click(); }
}

// -- keys ---------------------------------------------------------------------------------------------------
function jumps(wanted = "") {
  const rows = [...$$("#sidebar a[data-row]"), ...$$("#persona .people > a")];
  $("#jump-list").replaceChildren(...rows.filter((row) => row.textContent.toLowerCase().includes(wanted.toLowerCase())).slice(0, 12).map((row) => {
    const line = document.createElement("li"), link = document.createElement("a");
    link.href = row.href;
    link.textContent = ($(".row-label, b", row) ?? row).textContent.trim();
    if (row.matches(".people > a")) link.append(Object.assign(document.createElement("small"), { textContent: "  become" }));
    line.append(link);
    return line;
  }));
}
function open(dialog) { $$("dialog:modal").forEach((one) => one.parentElement.id === "layer" || one.close()); dialog.showModal(); }
function beyond(step, unread) {
  const rows = $$("#sidebar a[data-row]"), here = rows.findIndex((row) => row.ariaCurrent || row.hasAttribute("aria-current"));
  for (let place = here + step; place >= 0 && place < rows.length; place += step) {
    if (!unread || rows[place].classList.contains("unread")) { location.href = rows[place].href; return; }
  }
}
function among(step) {
  const list = document.activeElement.closest("ol.notes"), notes = $$("article", list);
  notes[notes.indexOf(document.activeElement) + step]?.focus();
}
const TIMES = { 1: "1", 5: "5", f: "15", h: "60", n: "next" };
let timing = false;
// Clicked rather than submitted: htmx sends the button that was clicked or focused last.
function moveTime(event) {
  timing = false;
  const step = event.key === " " ? "[value=pause], [value=flow]" : TIMES[event.key.toLowerCase()] && `[value="${TIMES[event.key.toLowerCase()]}"]`;
  const button = step && $(`#time .steps ${step.replace(", ", ", #time .steps ")}, #time .next ${step.split(",")[0]}`);
  if (button) { event.preventDefault(); button.click(); }
}
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
  const key = event.key.toLowerCase(), note = event.target.matches("ol.notes article") ? event.target : null;
  if (event.target.matches("[data-send]")) keyInBox(event);
  if (event.defaultPrevented) return;
  if (event.target.id === "jump-to" && key === "enter") { event.preventDefault(); $("#jump-list a")?.click(); return; }
  if (timing && !event.ctrlKey) { moveTime(event); return; }
  const chord = event.ctrlKey || event.metaKey ? key : "";
  if (chord === "k") { event.preventDefault(); jumps(); open($("#jump")); $("#jump-to").value = ""; }
  else if (chord === ".") { event.preventDefault(); timing = true; $("#time .go, #time button").focus(); tell("Time machine: 1, 5, F (15), H, Space, N"); }
  else if (chord === "i") { event.preventDefault(); fold(); }
  else if (event.altKey && (key === "arrowup" || key === "arrowdown")) { event.preventDefault(); beyond(key === "arrowup" ? -1 : 1, event.shiftKey); }
  else if (key === "escape" && !$("dialog:modal")) { const menu = $("details.menu[open]"); if (menu) { menu.open = false; $("summary", menu).focus(); } else $("#aside a[aria-label='Close the thread']")?.click(); }
  else if (typing || chord || event.altKey) return;
  else if (key === "?") open($("#keys"));
  else if (note && (key === "arrowup" || key === "arrowdown")) { event.preventDefault(); among(key === "arrowup" ? -1 : 1); }
  else if (note && key === "enter") { event.preventDefault(); $(".tools a, .tools button", note)?.focus(); }
  else if (note && key === "t") $(".tools .reply", note)?.click();
});

// -- the clock ----------------------------------------------------------------------------------------------
let base = null;
function tick() {
  const clock = $("#clock");
  if (base?.epoch !== clock.dataset.epoch) base = { epoch: clock.dataset.epoch, real: performance.now() };
  const passed = clock.dataset.flows ? performance.now() - base.real : 0;
  const words = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: clock.dataset.zone }).format(Number(base.epoch) + passed);
  if (clock.textContent !== words) clock.textContent = words;
}
// -- older messages come in above what is read, which stays where it is -----------------------------------------
let held = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.requestConfig?.elt.closest(".earlier")) return;
  const top = $(".scroll").getBoundingClientRect().top;
  const note = $$("#talk .note").find((one) => one.getBoundingClientRect().bottom > top);
  held = note && { id: note.id, top: note.getBoundingClientRect().top };
});
function hold() {
  const note = held && document.getElementById(held.id);
  if (note) $(".scroll").scrollTop += note.getBoundingClientRect().top - held.top;
  held = null;
}
// -- pages are told at once ---------------------------------------------------------------------------------
const known = new Set();
function alarms(first) {
  for (const row of $$("#talk article")) {
    const name = row.getAttribute("aria-label"), place = row.parentElement.id;
    if (!first && !known.has(place) && /: Page: /.test(name)) $("#alarm").textContent = name;
    known.add(place);
  }
}
document.addEventListener("htmx:afterSwap", ({ target }) => { hold(); raise(); complain(); alarms(false); if (target.id === "top") brought(false); });
raise();
brought(true);
alarms(true);
listen();
setInterval(tick, 250);
if (location.search.includes("said=")) { const url = new URL(location); url.searchParams.delete("said"); history.replaceState(null, "", url); }
