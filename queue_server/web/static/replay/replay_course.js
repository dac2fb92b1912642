/** The day's course behind the slider: how many waited, and when somebody waited too long. */

const SPACE = "http://www.w3.org/2000/svg";
const HEIGHT = 100;
/** Where a wait was over the norm, so much of the chart's foot is red. */
const FOOT = 6;

/** Draws the course into the SVG, one unit a minute; `hours` are minutes at which an hour begins. */
export function drawCourse(svg, { waiting, longest, norm }, hours) {
  const width = Math.max(1, waiting.length - 1);
  const most = Math.max(5, ...waiting) * 1.15;
  const y = (count) => (HEIGHT - (HEIGHT * count) / most).toFixed(2);
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  const line = waiting.map((count, minute) => `L${minute} ${y(count)}`).join("");
  svg.replaceChildren(
    ...hours.map((minute) => shape("line", { class: "course__hour", x1: minute, x2: minute, y1: 0, y2: HEIGHT })),
    shape("path", { class: "course__waiting", d: `M0 ${HEIGHT}${line}L${width} ${HEIGHT}Z` }),
    ...stretches(longest, norm).map(([from, to]) =>
      shape("rect", { class: "course__late", x: from, y: HEIGHT - FOOT, width: Math.max(1, to - from), height: FOOT }),
    ),
  );
}

/** Returns [from, to] of every stretch of minutes in which the longest wait was over the norm. */
export function stretches(longest, norm) {
  const found = [];
  longest.forEach((wait, minute) => {
    if (wait <= norm) return;
    const last = found.at(-1);
    if (last && last[1] === minute) last[1] = minute + 1;
    else found.push([minute, minute + 1]);
  });
  return found;
}

/** Returns the minutes at which a full hour of the center's clock begins, thinned to fit. */
export function fullHours(begin, count, minuteOfHour, most) {
  const first = (60 - minuteOfHour(begin)) % 60;
  const all = [];
  for (let minute = first; minute < count; minute += 60) all.push(minute);
  const every = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, place) => place % every === 0);
}

function shape(name, attributes) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
