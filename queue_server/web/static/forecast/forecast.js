/** The forecast: while windows are being computed it looks again; all else stands without a script. */

import "../person_menu.js";

/** Milliseconds between two looks, and how often it looks. */
const PAUSE = 1000;
const LOOKS = 30;

const verdicts = document.getElementById("verdicts");
if (verdicts?.dataset.staffing === "computing") look(LOOKS);

/** Asks for the day until its windows are computed, then shows the page anew. */
async function look(left) {
  if (left === 0) return;
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  const day = document.querySelector(".coming__day[aria-current]");
  const asked = new URL(day?.href ?? location.href).searchParams.get("day");
  const answer = await fetch(`/api/v1/forecast/${asked}`).catch(() => null);
  const known = answer?.ok ? await answer.json() : { staffing: "computing" };
  if (known.staffing === "computing") look(left - 1);
  else location.reload();
}
