/**
 * Talks to /api/v1: every command has its own key, so a lost answer can be asked for again and
 * nothing happens twice.
 */

/** How long one try may take, ms, and how long to wait before each further one. */
const DEADLINE = 8000;
const PAUSES = [300, 1000, 2500];
/** Answers of a proxy whose server is just away. */
const AWAY = new Set([502, 503, 504]);

/** The server said no: `code` is stable, `problem` holds the facts. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || String(status));
    this.status = status;
    this.code = problem.code || "other";
    this.problem = problem;
  }
}

/** No answer came. */
export class Unreachable extends Error {}

/** Returns a new idempotency key; plain http has no crypto.randomUUID. */
export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Returns the two calls of a page whose person has this CSRF token. */
export function api(csrfToken) {
  const headers = { Accept: "application/json", "X-CSRF-Token": csrfToken };
  return {
    get: (path) => answer(path, { headers }),
    post: (path, body = {}) =>
      answer(path, {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json", "Idempotency-Key": freshKey() },
        body: JSON.stringify(body),
      }),
    signOut: () => answer("/session", { method: "DELETE", headers }),
  };
}

/** Asks until there is an answer; the same request keeps its key. Null is "no content". */
async function answer(path, request) {
  for (const pause of [...PAUSES, null]) {
    const response = await attempt(path, request);
    if (response && !AWAY.has(response.status)) return read(response);
    if (pause === null) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new Unreachable(path);
}

async function attempt(path, request) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), DEADLINE);
  try {
    return await fetch(`/api/v1${path}`, { ...request, signal: patience.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function read(response) {
  if (response.status === 204) return null;
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}
