// Where the screen is asked for, and that keys reach it without a click. It runs before textual.js.
"use strict";

const terminal = document.getElementById("terminal");
const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
terminal.dataset.sessionWebsocketUrl = `${scheme}//${window.location.host}/ws`;

function focus() {
  const keys = terminal.querySelector(".xterm-helper-textarea");
  if (keys) keys.focus();
}

new MutationObserver(focus).observe(document.body, {
  attributeFilter: ["class"],
  childList: true,
  subtree: true,
});
window.addEventListener("focus", focus);
