// A copy button on every listing. Made here, so that a page without script shows no dead control.
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
