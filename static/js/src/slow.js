// A bar along the top when an answer takes more than 300 ms, for pages and for parts of pages.
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
