// Remembers which heading of a lesson was reached last: in this browser, and on the site for those it knows.
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
    // storage is off or full: the reader loses nothing but the link on the start page
  }
}

// The token comes with any form on the page, or is asked for once. Null means that nobody is known here.
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
    // offline: the next heading says it again
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

  // A heading is reached when it has passed the line a quarter above the bottom of the window; the last one also
  // when the end of the text shows, since a short last section never lifts it that far.
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

// A stranger's way back in: the site knows nothing of it, so the start page asks this browser.
const resume = document.querySelector("[data-resume]");
const place = resume && resumed();
if (place?.path && place.title) {
  const link = resume.querySelector("a");
  link.href = `/learn/${encodeURI(place.path)}/${place.section ? `#${encodeURIComponent(place.section)}` : ""}`;
  link.textContent = place.title;
  resume.hidden = false;
}
