/** What the devices' page makes of those that wait to be let in: pure functions. */

/** What people type for a digit, and what they take a letter for; as `domain/pairing.py` does. */
const MEANT = { O: "0", I: "1", L: "1", U: "V" };

/** Returns a typed code as it is compared. */
export function codeOf(text) {
  return text.replace(/[\s-]/g, "").toUpperCase().replace(/[OILU]/g, (letter) => MEANT[letter]);
}

/** Returns the numbers of a hall's windows. */
export function windowsIn(windows, hall) {
  return windows.filter((each) => each.hall === hall).map(({ number }) => number);
}

/** Returns the hall of the radio that is checked; a center with one hall has no choice. */
export function hallOf(radio, halls) {
  return radio ? Number(radio.value) : halls[0];
}

/** Returns m:ss until a code runs out. */
export function left(expiresAt, now) {
  const seconds = Math.max(0, Math.round((Date.parse(expiresAt) - now) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
