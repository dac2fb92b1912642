/** What a browser keeps of being a device, and how it asks to be one. */

import { freshKey } from "../api.js";

/** Once for each kind: a PC may try out both. */
const place = (kind) => `navbat_device_${kind}`;

/** Returns what was kept, {token, url}, or null. */
export function kept(kind) {
  try {
    return JSON.parse(localStorage.getItem(place(kind)));
  } catch {
    return null;
  }
}

/** Keeps it; a browser that keeps nothing asks again after its next start. */
export function keep(kind, { token, url }) {
  try {
    localStorage.setItem(place(kind), JSON.stringify({ token, url }));
  } catch {
    // a private window
  }
}

export function forget(kind) {
  try {
    localStorage.removeItem(place(kind));
  } catch {
    // a private window
  }
}

/** Returns whether a token opens anything; null where nobody can say. */
export async function opens(token) {
  const answer = await fetch("/api/v1/device", { headers: { Authorization: `Bearer ${token}` } }).catch(() => null);
  if (answer?.ok) return true;
  return answer?.status === 401 ? false : null;
}

/** Posts; returns {status, body}, with status 0 where no answer came. */
export async function post(path, body) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": freshKey() };
  try {
    const answer = await fetch(`/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  } catch {
    return { status: 0, body: {} };
  }
}

/** Returns an address with more arguments. */
export function withOptions(url, options) {
  const whole = new URL(url, location.href);
  for (const [name, value] of Object.entries(options)) whole.searchParams.set(name, value);
  return `${whole.pathname}${whole.search}`;
}
