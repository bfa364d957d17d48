// The list of a decision-maker's channels in the admin: adding and removing.
function start() {
  for (const place of document.querySelectorAll("[data-channels]")) {
    new window.InlinePanel(JSON.parse(place.dataset.channels));
  }
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", start);
} else {
  start();
}
