// For authors, while DEBUG is on: a page whose content was loaded anew shows it by itself, scrolled as it was.
(function (script) {
  "use strict";
  const EVERY = 1000;
  let generation, shown;

  async function text(address) {
    const response = await fetch(address, { cache: "reload" });
    if (!response.ok) throw new Error(response.status);  // a busy server's words are no content
    return response.text();
  }

  // Two answers are compared, never an answer with the page: scripts of the page have changed that.
  async function content() {
    const page = new DOMParser().parseFromString(await text(location.href), "text/html");
    page.querySelectorAll("input[type=hidden]").forEach((token) => token.remove());
    return page.title + page.querySelector("main")?.outerHTML;
  }

  async function look() {
    const found = await text(script.dataset.generation);
    if (found === generation) return;
    const now = await content();
    if (shown !== undefined && now !== shown) return location.reload();
    generation = found;
    shown = now;
  }

  async function stay() {
    if (!document.hidden) await look().catch(() => { /* the server is starting again */ });
    setTimeout(stay, EVERY);
  }
  stay();
})(document.currentScript);
