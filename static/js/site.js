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
async function copyFrom(code, button) {
try {
await navigator.clipboard.writeText(code.innerText.replace(/\n$/, ""));
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
const reached = ended ? headings : headings.filter((each) => each.getBoundingClientRect().top <= line);
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
const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
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
const reached = sections.filter((section) => section.getBoundingClientRect().top <= line);
mark(reached.at(-1));
}, { rootMargin: "1000000px 0px -75% 0px" });
sections.forEach((section) => observer.observe(section));
}
}
