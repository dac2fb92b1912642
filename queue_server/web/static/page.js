/** What every page's script begins with: its data, words and time, and the making of elements. */

/** Returns the facts that the server wrote into the page. */
export function startingData() {
  return JSON.parse(document.getElementById("starting-data").textContent);
}

/** Returns say(key, values): the page's texts with their placeholders filled in. */
export function speaker(texts) {
  return (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Returns the server's clock: `now()` in ms, and wall times of the center. */
export function serverClock(now, timezone) {
  const ahead = Date.parse(now) - Date.now();
  const wall = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: timezone,
  });
  return { now: () => Date.now() + ahead, wall: (at) => wall.format(at) };
}

/** Returns m:ss, or h:mm:ss from an hour on. */
export function stopwatch(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const rest = two(seconds % 60);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

/** Makes an element; `on…` properties are listeners, the others attributes. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

/** Makes a line icon of icons.svg; with a label it is read aloud. */
export function icon(name, label) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.setAttribute("class", "icon");
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  svg.append(use);
  return svg;
}

/** Writes a text only where it differs, so that nothing is read aloud twice. */
export function write(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Opens or shuts a key; a shut one keeps the focus, which `disabled` would take away. */
export function allow(key, allowed) {
  key.setAttribute("aria-disabled", String(!allowed));
}

/** Whether a key is open. */
export function allowed(key) {
  return key.getAttribute("aria-disabled") !== "true";
}

/**
 * Makes a list show `items` in order, keeping the element of an item that stays, and the focus in
 * it. `fill(element, item)` brings an element up to date.
 */
export function fillList(list, items, { id, make, fill }) {
  const kept = new Map(Array.from(list.children, (child) => [child.dataset.id, child]));
  const wanted = new Set(items.map(id));
  // the gone first: a first row that leaves must not move all the others
  for (const [name, gone] of kept) if (!wanted.has(name)) gone.remove();
  items.forEach((item, place) => {
    const made = kept.get(id(item)) ?? make(item);
    made.dataset.id = id(item);
    fill(made, item, place);
    if (list.children[place] !== made) list.insertBefore(made, list.children[place] ?? null);
  });
}
