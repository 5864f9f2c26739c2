"use strict";
{
const WORDS = document.documentElement.dataset;
function addCopyButton(figure) {
const code = figure.querySelector("pre");
if (!code || figure.querySelector(".code__copy")) return;
const button = document.createElement("button");
button.type = "button";
button.className = "icon-btn code__copy";
button.textContent = WORDS.copy || "Copy";
button.addEventListener("click", async () => {
try {
await navigator.clipboard.writeText(code.innerText.replace(/\n$/, ""));
} catch {
getSelection().selectAllChildren(code);
return;
}
button.textContent = WORDS.copied || "Copied";
const status = document.getElementById("status");
if (status) status.textContent = button.textContent;
setTimeout(() => (button.textContent = WORDS.copy || "Copy"), 2000);
});
(figure.querySelector(".code__bar") || figure).append(button);
}
function addCopyButtons(root) {
root.querySelectorAll(".code").forEach(addCopyButton);
}
addCopyButtons(document);
document.addEventListener("htmx:after:swap", () => addCopyButtons(document));
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
const DELAY_MS = 300;
const bar = document.createElement("div");
bar.className = "slow";
bar.hidden = true;
document.body.append(bar);
let pending = 0;
let timer;
function begin() {
document.getElementById("failure")?.replaceChildren(); // what went wrong last time is no longer news
pending += 1;
clearTimeout(timer);
timer = setTimeout(() => (bar.hidden = false), DELAY_MS);
}
function end() {
pending = Math.max(0, pending - 1);
if (pending) return;
clearTimeout(timer);
bar.hidden = true;
}
function reset() {
pending = 0;
end();
}
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
}, { rootMargin: "0px 0px -75% 0px" });
sections.forEach((section) => observer.observe(section));
}
}
