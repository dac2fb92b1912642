/**
 * The panel's keyboard: one key for each move, the same on every keyboard layout. They rest while
 * something is typed or asked, and a person may switch them off.
 */

const SWITCH = "navbat-keys";
const KEYS = {
  KeyN: "next",
  Space: "next",
  KeyR: "recall",
  KeyS: "start",
  KeyF: "finish",
  KeyA: "no-show",
  KeyH: "hold",
  KeyB: "return",
  KeyT: "transfer",
  KeyC: "favourite",
  KeyL: "leg",
  KeyM: "note",
  KeyV: "history",
  KeyW: "wrap-up",
  KeyP: "pause",
  KeyU: "undo",
};

/** Calls press(name) for every key that means a move or "shortcuts". */
export function listenToKeys(press) {
  document.addEventListener("keydown", (event) => {
    const name = meaning(event);
    if (!name || !keysOn()) return;
    event.preventDefault();
    press(name);
  });
  restAfterPointer();
}

/** Whether the keys are on; they are until somebody switches them off. */
export function keysOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

/** Switches the keys. */
export function switchKeys(on) {
  localStorage.setItem(SWITCH, on ? "on" : "off");
}

function meaning(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return null;
  if (document.querySelector("dialog[open]")) return null;
  // a busy browser leaves the focus in a question for a moment after it was closed
  const target = event.target.closest("dialog") ? document.body : event.target;
  if (target.closest("input:not([type=radio]), textarea, select")) return null;
  if (event.key === "?") return "shortcuts";
  if (event.shiftKey) return null;
  const own = target.closest("button, a, summary, input, [role=button]");
  if (event.code === "Space" && own) return null;
  const letter = /^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code;
  return KEYS[letter] ?? null;
}

/** After a click Space shall mean Next again, not the key that was clicked. */
function restAfterPointer() {
  document.addEventListener("click", (event) => {
    const key = event.target.closest("button");
    if (key && event.detail > 0 && !key.closest("dialog")) key.blur();
  });
}
