/**
 * Tells a clerk who works in another tab that somebody waits: by the desktop where the person has
 * asked for it and the browser allows it; else only the tab's title and the strip tell.
 */

const SWITCH = "navbat-bell";

/** Whether this person wants to be told. */
export function bellOn() {
  return localStorage.getItem(SWITCH) === "on" && allowed() === "granted";
}

/** Whether the browser can tell at all: "granted", "default", "denied" or "unable". */
export function allowed() {
  return "Notification" in window && window.isSecureContext ? Notification.permission : "unable";
}

/** Switches it; the first time the browser asks its person. Resolves with whether it is on. */
export async function switchBell(on) {
  localStorage.setItem(SWITCH, on ? "on" : "off");
  if (on && allowed() === "default") await Notification.requestPermission();
  return bellOn();
}

/** Tells; a press on what is shown leads back to the panel. */
export function ring(title, body) {
  if (!bellOn()) return;
  const told = new Notification(title, { body, tag: "navbat-waits", icon: "/static/icon.svg" });
  told.onclick = () => {
    window.focus();
    told.close();
  };
}
