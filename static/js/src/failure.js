// The message about a part of a page that did not come: put away at the next try, written when nothing came at all.
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
