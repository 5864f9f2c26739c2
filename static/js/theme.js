// Light, dark or as the system: remembered in the browser, set before the first paint.
// Not deferred for that reason. Without script the page follows the system and the control stays hidden.
(function (root) {
  "use strict";
  var theme;
  root.classList.add("js");
  try { theme = localStorage.getItem("theme"); } catch (error) { /* storage is off: the choice lasts a page */ }
  function apply(value) {
    if (value === "light" || value === "dark") root.dataset.theme = value;
    else delete root.dataset.theme;
  }
  apply(theme);
  addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".theme input").forEach(function (input) {
      input.checked = input.value === (root.dataset.theme || "auto");
    });
  });
  addEventListener("change", function (event) {
    if (!event.target.matches(".theme input")) return;
    apply(event.target.value);
    try { localStorage.setItem("theme", event.target.value); } catch (error) { /* as above */ }
  });
})(document.documentElement);
