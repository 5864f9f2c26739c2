// A bar along the top, and a busy button, when an answer takes more than 300 ms: for pages and parts of pages.
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
