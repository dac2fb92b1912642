/**
 * The place that one press sends a visitor to, and has come back from: the center's cashier, or
 * whatever this clerk has chosen.
 */

const KEPT = "navbat-favourite-";

/** Returns {kind, value} of the favourite, or null where there is none. */
export function favourite({ cashier, services, windows, clerks, person }) {
  const own = chosen(person.login);
  const known = {
    to_service: (value) => services.some(({ id }) => id === value),
    to_window: (value) => windows.some(({ number }) => String(number) === value),
    to_clerk: (value) => clerks.some(({ login }) => login === value),
  };
  if (own && own.kind in known && known[own.kind](own.value)) return own;
  return cashier ? { kind: "to_service", value: cashier } : null;
}

/** Keeps a place as this clerk's favourite. */
export function keepFavourite(login, { kind, value }) {
  localStorage.setItem(KEPT + login, JSON.stringify({ kind, value: String(value) }));
}

function chosen(login) {
  try {
    return JSON.parse(localStorage.getItem(KEPT + login));
  } catch {
    return null;
  }
}
