/** What a PC of the self-service corner knows: pure functions. */

/** The visitor is warned when so much is left, s; twice, each time by text and by sound. */
export const WARNINGS = [120, 60];

/** Returns the view for the server's answer about the session: "idle" or "session". */
export function viewOf(session, now) {
  return session.ends_at && Date.parse(session.ends_at) > now ? "session" : "idle";
}

/** Returns how many seconds are left of a session; 0 once it is over. */
export function secondsLeft(session, now) {
  if (!session?.ends_at) return 0;
  return Math.max(0, Math.ceil((Date.parse(session.ends_at) - now) / 1000));
}

/** Returns the warning that this second calls for, in seconds before the end, or null. */
export function warningDue(left, given) {
  const due = WARNINGS.filter((at) => left > 0 && left <= at && !given.includes(at));
  return due.length ? Math.min(...due) : null;
}

/** Returns the warnings that count as given once `left` seconds are left: an extension takes them back. */
export function warningsGiven(left) {
  return WARNINGS.filter((at) => left <= at);
}

/** Returns the groups with the services that can be done online and fit what was typed. */
export function onlineGroups(groups, fits) {
  return groups
    .map((group) => ({
      ...group,
      services: group.services.filter(
        (service) => (service.flags.includes("online") || service.online) && fits(service),
      ),
    }))
    .filter(({ services }) => services.length > 0);
}

/** Returns a web address that may be opened, or null: nothing else may hide in a catalogue. */
export function address(text) {
  try {
    const url = new URL(text);
    return ["https:", "http:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
