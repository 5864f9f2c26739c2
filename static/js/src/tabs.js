// Tabs. Without this, variants of a text stand under one another, each under its name. Here they get one list of tabs;
// tabs of one group, or with the same names, switch together, and this browser remembers the choice.
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
    // storage is off or full: the choice holds until the page is left
  }
}

const panelsOf = (tabs) => [...tabs.querySelectorAll(":scope > .variant")];
const buttonsOf = (tabs) => [...tabs.querySelectorAll(":scope > [role=tablist] > [role=tab]")];
const nameOf = (panel) => panel.querySelector(":scope > .variant__name")?.textContent.trim();
const namesOf = (tabs) => panelsOf(tabs).map(nameOf);
const groupOf = (tabs) => tabs.dataset.group || namesOf(tabs).join("|");

// A panel put away can still be found by the browser's own search, which then opens it.
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

// Opens every panel around an element, from the innermost.
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
