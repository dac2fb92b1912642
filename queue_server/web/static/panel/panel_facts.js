/** The page's own facts, read anew after the catalogue or the window's duty has changed. */

/** Returns what the server would write into this page now, or null where it would show another. */
export async function freshFacts() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const facts = page.getElementById("starting-data");
  return facts ? JSON.parse(facts.textContent) : null;
}
