/** Talks to /api/v1 as a device: its token in place of a person's session. */

import { Refused, Unreachable, freshKey } from "../api.js";

const DEADLINE = 8000;
/** How long to wait before each further try, ms; the key stays, so nothing happens twice. */
const PAUSES = [500, 2000];

/** Returns the two calls of the device that holds this token. */
export function deviceCalls(token) {
  const headers = { Accept: "application/json", Authorization: `Bearer ${token}` };
  const command = () => ({
    ...headers,
    "Content-Type": "application/json",
    "Idempotency-Key": freshKey(),
  });
  return {
    get: (path) => answer(path, { headers }),
    post: (path, body = {}) =>
      answer(path, { method: "POST", headers: command(), body: JSON.stringify(body) }),
  };
}

async function answer(path, request) {
  for (const pause of [...PAUSES, null]) {
    const response = await attempt(path, request);
    if (response && response.status < 500) return read(response);
    if (pause !== null) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new Unreachable(path);
}

async function attempt(path, request) {
  try {
    const signal = AbortSignal.timeout(DEADLINE);
    return await fetch(`/api/v1${path}`, { ...request, credentials: "omit", signal });
  } catch {
    return null;
  }
}

async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}
