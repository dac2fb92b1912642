/** A page of a device that may be signed off: it then says so, and offers to be let in anew. */

const EVERY = 2500;

/** Looks whether the token still opens anything; one that does not leads to the pairing page. */
export function watchToken(kind, token) {
  if (!token) return;
  setInterval(async () => {
    const headers = { Accept: "application/json", Authorization: `Bearer ${token}` };
    const answer = await fetch("/api/v1/device", { headers }).catch(() => null);
    if (answer?.status === 401) location.replace(`/pair?kind=${kind}#${encodeURIComponent(token)}`);
  }, EVERY);
}
