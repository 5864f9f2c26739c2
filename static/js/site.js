"use strict";
{
document.addEventListener("htmx:after:swap", () => {
const target = document.querySelector("[data-focus]");
if (!target) return;
target.removeAttribute("data-focus");
target.focus();
});
let left = null;
document.addEventListener("htmx:before:swap", (event) => {
left = event.target.contains(document.activeElement) ? event.target : null;
});
document.addEventListener("htmx:after:swap", () => {
if (document.activeElement === document.body) left?.querySelector("input:not([type=hidden]), a, button")?.focus();
left = null;
});
}
{
const { sprite, copy, copied } = document.documentElement.dataset;
const SAID_MS = 2000;
function say(button, icon, word) {
button.innerHTML = `<svg class="ico" viewBox="0 0 16 16" aria-hidden="true"><use href="${sprite}#i-${icon}"/></svg>`;
button.append(word);
}
function textOf(code) {
const clone = code.cloneNode(true);
clone.querySelectorAll(".gp").forEach((prompt) => prompt.remove());
return clone.textContent;
}
async function copyFrom(code, button) {
try {
await navigator.clipboard.writeText(textOf(code).replace(/\n$/, ""));
} catch {
getSelection().selectAllChildren(code); // no right to the clipboard: the reader's own keys can copy
return;
}
say(button, "tick", copied);
document.getElementById("status").textContent = copied;
setTimeout(() => say(button, "copy", copy), SAID_MS);
}
function addCopyButtons() {
for (const figure of document.querySelectorAll(".code:not(:has(.code__copy))")) {
const code = figure.querySelector("pre");
const button = document.createElement("button");
button.type = "button";
button.className = "icon-btn code__copy";
say(button, "copy", copy);
button.addEventListener("click", () => copyFrom(code, button));
(figure.querySelector(".code__bar") || figure).append(button);
}
}
addCopyButtons();
document.addEventListener("htmx:after:swap", addCopyButtons);
}
{
const failure = document.getElementById("failure");
function showOffline(event) {
const { ctx, error } = event.detail;
if (ctx.response || error.name === "AbortError") return; // something came, or a newer request took its place
const toast = document.createElement("p");
toast.className = "toast";
toast.textContent = failure.dataset.offline;
failure.replaceChildren(toast);
}
document.addEventListener("htmx:before:request", () => failure.replaceChildren());
document.addEventListener("htmx:error", showOffline);
}
{
function isTyping(target) {
return Boolean(target.closest("input, select, textarea, [contenteditable], .q, dialog[open], [popover]"));
}
function focusSearch() {
const field = document.querySelector("input[type=search]");
if (!field || !field.checkVisibility()) return false;
field.focus();
field.select();
return true;
}
document.addEventListener("keydown", (event) => {
if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === "k") {
if (focusSearch()) event.preventDefault();
return;
}
if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
if (event.key === "/" && focusSearch()) event.preventDefault();
const rel = { n: "next", p: "prev" }[event.key];
const link = rel && document.querySelector(`a[rel~=${rel}]`);
if (link) link.click();
});
}
{
const holder = document.querySelector("[data-htmx]");
if (holder) {
const near = new IntersectionObserver((entries) => {
if (!entries.some((entry) => entry.isIntersecting)) return;
near.disconnect();
const script = document.createElement("script");
script.src = holder.dataset.htmx;
document.head.append(script);
}, { rootMargin: "1600px" });
holder.querySelectorAll("[hx-get]").forEach((element) => near.observe(element));
}
}
{
const KEY = "reading";
function resumed() {
try {
return JSON.parse(localStorage.getItem(KEY));
} catch {
return null; // storage is off, or holds what another version wrote
}
}
function remember(place) {
try {
localStorage.setItem(KEY, JSON.stringify(place));
} catch {
}
}
let token;
async function askToken(address) {
const field = document.querySelector("input[name=csrfmiddlewaretoken]");
if (field) return field.value;
const answer = await fetch(address, { headers: { Accept: "application/json" } });
return answer.status === 200 ? (await answer.json()).token : null;
}
async function send(address, lesson, section) {
try {
token ??= await askToken(address);
if (!token) return;
const body = new URLSearchParams({ lesson, section });
const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token }, keepalive: true });
if (answer.status === 403) token = undefined; // another answer brought a newer one: the next heading asks again
} catch {
}
}
function follow(box) {
const { reading: path, title, position } = box.dataset;
const headings = [...document.querySelectorAll(".text :is(h2, h3)[id]")].filter((each) => !box.contains(each));
const sent = new Set();
function reach(section) {
remember({ path, title, section });
if (!position || sent.has(section)) return;
sent.add(section);
send(position, path, section);
}
const observer = new IntersectionObserver((entries) => {
const ended = entries.some((entry) => entry.target === box && entry.isIntersecting);
const line = innerHeight * 0.75;
const shown = headings.filter((each) => each.checkVisibility()); // not those in a tab put away
const reached = ended ? shown : shown.filter((each) => each.getBoundingClientRect().top <= line);
if (reached.length) reach(reached.at(-1).id);
else if (ended) reach("");
}, { rootMargin: "0px 0px -25% 0px" });
[...headings, box].forEach((each) => observer.observe(each));
}
const box = document.querySelector("[data-reading]");
if (box) follow(box);
const resume = document.querySelector("[data-resume]");
const place = resume && resumed();
if (place?.path && place.title) {
const link = resume.querySelector("a");
link.href = `/learn/${encodeURI(place.path)}/${place.section ? `#${encodeURIComponent(place.section)}` : ""}`;
link.textContent = place.title;
resume.hidden = false;
}
}
{
const DELAY_MS = 300;
const GIVE_UP_MS = 10000; // a download never leaves the page, so nothing says that it has begun
const bar = document.createElement("div");
bar.className = "slow";
bar.hidden = true;
document.body.append(bar);
let pending = 0;
let timers = [];
let pressed = null;
function begin() {
pending += 1;
if (pending > 1) return;
timers = [setTimeout(show, DELAY_MS), setTimeout(reset, GIVE_UP_MS)];
}
function show() {
bar.hidden = false;
pressed?.setAttribute("aria-busy", "true");
}
function reset() {
pending = 0;
timers.forEach(clearTimeout);
bar.hidden = true;
pressed?.removeAttribute("aria-busy");
pressed = null;
}
function end() {
pending -= 1;
if (pending <= 0) reset();
}
addEventListener("submit", (event) => (pressed = event.submitter), true);
document.addEventListener("htmx:before:request", begin);
document.addEventListener("htmx:finally:request", end);
addEventListener("beforeunload", begin);
addEventListener("pagehide", reset);
}
{
const KEY = "tabs";
let lists = 0;
function choices() {
try {
return JSON.parse(localStorage.getItem(KEY)) || {};
} catch {
return {}; // storage is off, or holds what another version wrote
}
}
function remember(group, name) {
try {
localStorage.setItem(KEY, JSON.stringify({ ...choices(), [group]: name }));
} catch {
}
}
const panelsOf = (tabs) => [...tabs.querySelectorAll(":scope > .variant")];
const buttonsOf = (tabs) => [...tabs.querySelectorAll(":scope > [role=tablist] > [role=tab]")];
const nameOf = (panel) => panel.querySelector(":scope > .variant__name")?.textContent.trim();
const namesOf = (tabs) => panelsOf(tabs).map(nameOf);
const groupOf = (tabs) => tabs.dataset.group || namesOf(tabs).join("|");
function show(tabs, index) {
buttonsOf(tabs).forEach((button, place) => {
button.setAttribute("aria-selected", place === index);
button.tabIndex = place === index ? 0 : -1;
});
panelsOf(tabs).forEach((panel, place) => {
panel.tabIndex = place === index ? 0 : -1;
if (place === index) panel.removeAttribute("hidden");
else panel.setAttribute("hidden", "until-found");
});
}
function choose(tabs, index) {
const before = tabs.getBoundingClientRect().top;
const group = groupOf(tabs);
const name = namesOf(tabs)[index];
for (const other of document.querySelectorAll(".variants:has(> [role=tablist])")) {
const place = groupOf(other) === group ? namesOf(other).indexOf(name) : -1;
if (other !== tabs && place >= 0) show(other, place);
}
show(tabs, index);
remember(group, name);
scrollBy({ top: tabs.getBoundingClientRect().top - before, behavior: "instant" }); // what was clicked stays in its place
}
function move(tabs, event) {
const buttons = buttonsOf(tabs);
const at = buttons.indexOf(event.target);
const forward = getComputedStyle(tabs).direction === "rtl" ? -1 : 1;
const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: buttons.length - 1 }[event.key];
if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
event.preventDefault();
const index = (to + buttons.length) % buttons.length;
choose(tabs, index);
buttons[index].focus();
}
function makeList(tabs) {
const panels = panelsOf(tabs);
if (panels.length < 2 || !panels.every(nameOf)) return; // an author's own HTML may hold panels without a name
lists += 1;
const list = document.createElement("div");
list.className = "tabs";
list.setAttribute("role", "tablist");
panels.forEach((panel, place) => {
const button = document.createElement("button");
const id = `tabs-${lists}-${place + 1}`;
Object.assign(button, { type: "button", role: "tab", id, textContent: namesOf(tabs)[place] });
button.addEventListener("click", () => choose(tabs, place));
panel.id ||= `${id}-panel`;
button.setAttribute("aria-controls", panel.id);
panel.setAttribute("role", "tabpanel");
panel.setAttribute("aria-labelledby", id);
list.append(button);
});
list.addEventListener("keydown", (event) => move(tabs, event));
tabs.prepend(list);
const remembered = namesOf(tabs).indexOf(choices()[groupOf(tabs)]);
const given = panels.findIndex((panel) => "default" in panel.dataset);
show(tabs, [remembered, given, 0].find((place) => place >= 0));
}
function makeLists() {
document.querySelectorAll(".variants:not(:has(> [role=tablist]))").forEach(makeList);
}
function reveal(element) {
let panel = element?.closest(".variant[hidden]");
for (; panel; panel = panel.parentElement.closest(".variant[hidden]")) {
choose(panel.parentElement, panelsOf(panel.parentElement).indexOf(panel));
}
}
function targetOf(hash) {
try {
return document.getElementById(decodeURIComponent(hash.slice(1)));
} catch {
return null; // a lone % in the address
}
}
function followHash() {
const target = targetOf(location.hash);
if (!target?.closest(".variant[hidden]")) return;
reveal(target);
target.scrollIntoView();
}
makeLists();
followHash();
addEventListener("hashchange", followHash);
document.addEventListener("beforematch", (event) => reveal(event.target));
document.addEventListener("htmx:after:swap", makeLists);
}
{
document.addEventListener("keydown", (event) => {
if (event.key !== "Escape") return;
for (const term of document.querySelectorAll(".term:hover, .term:focus, .term:focus-within")) {
term.classList.add("is-shut");
const reopen = () => term.classList.remove("is-shut");
term.addEventListener("pointerleave", reopen, { once: true });
term.addEventListener("blur", reopen, { once: true });
}
});
}
{
const links = new Map();
for (const link of document.querySelectorAll(".toc a[href^='#']")) {
const section = document.getElementById(link.getAttribute("href").slice(1)); // as written: an anchor may hold a lone %
if (section) links.set(section, [...(links.get(section) || []), link]);
}
function mark(current) {
for (const [section, its] of links) {
for (const link of its) {
if (section === current) link.setAttribute("aria-current", "location");
else link.removeAttribute("aria-current");
}
}
}
if (links.size) {
const sections = [...links.keys()];
const observer = new IntersectionObserver(() => {
const line = innerHeight / 4;
const reached = sections.filter((section) => section.checkVisibility() && section.getBoundingClientRect().top <= line);
mark(reached.at(-1));
}, { rootMargin: "1000000px 0px -75% 0px" });
sections.forEach((section) => observer.observe(section));
}
}
