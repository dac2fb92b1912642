/** What the devices' page makes of what devices report: pure functions. */

const ORDER = ["trouble", "silent", "warning", "unknown", "ok"];
/** A roll of 80 mm paper, m; the bar shows a share of it. */
const ROLL = 80;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

/** Returns the devices, those that need somebody first. */
export function sorted(devices) {
  const rank = ({ state }) => (ORDER.includes(state) ? ORDER.indexOf(state) : ORDER.length);
  return [...devices].sort(
    (one, other) =>
      rank(one) - rank(other) || one.hall - other.hall || one.name.localeCompare(other.name),
  );
}

/** Returns how many devices there are in each state that occurs, in order: [state, number]. */
export function tally(devices) {
  return ORDER.map((state) => [state, devices.filter((each) => each.state === state).length]).filter(
    ([, number]) => number > 0,
  );
}

/** Returns by how many whole seconds a device's clock was ahead when it reported, or null. */
export function clockAhead({ report, seen_at: seenAt }) {
  if (!report?.clock || !seenAt) return null;
  return Math.round((Date.parse(report.clock) - Date.parse(seenAt)) / 1000);
}

/** Returns how long ago something was, as the name of a text and its number. */
export function ago(at, now) {
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1000));
  if (seconds < MINUTE) return ["seconds_ago", seconds];
  if (seconds < HOUR) return ["minutes_ago", Math.floor(seconds / MINUTE)];
  if (seconds < DAY) return ["hours_ago", Math.floor(seconds / HOUR)];
  return ["days_ago", Math.floor(seconds / DAY)];
}

/** Returns what is left of a roll, {metres, share}, or null where the printer cannot tell. */
export function paperLeft(printer) {
  if (printer?.paper_left_mm == null) return null;
  const metres = Math.max(0, printer.paper_left_mm / 1000);
  return { metres: Math.round(metres), share: Math.min(1, metres / ROLL) };
}
