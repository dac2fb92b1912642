/** What is wrong with the draft: the list at the top, and the way from each line to its field. */

import { element, write } from "../page.js";
import * as drafts from "./draft.js";
import { inWords } from "./fault_words.js";
import { called } from "./options.js";
import { address, place, steps } from "./places.js";
import { LISTS, SECTIONS, SHOWN_IN, fieldAt } from "./sections.js";

const FOCUSABLE = "input, select, textarea, button";
const NONE = { errors: [], orphans: [] };

/** Returns the list of faults; `draft()` and `open()` tell what is edited and shown. */
export function faultList({ part, words, draft, open }) {
  const { say, language } = words;
  let found = NONE;
  let marks = new Set();
  let aim = null;

  /** Takes what a check has told. */
  function take(errors, orphans = []) {
    const said = (faults) => faults.map((each) => inWords(each, words));
    keep({ errors: said(errors), orphans: said(orphans) });
  }

  function keep(next) {
    found = next;
    const whole = drafts.tree(draft());
    marks = new Set(found.errors.map(({ field }) => {
      const { section, key } = place(field, whole);
      return `${section}|${key}`;
    }));
  }

  /** Forgets what was wrong with the item that is being edited: the next check tells again. */
  function forgetHere() {
    if (found.errors.length === 0 && found.orphans.length === 0) return;
    const whole = drafts.tree(draft());
    const shown = open();
    const isHere = ({ field }) => {
      const { section, key } = place(field, whole);
      if (shown.key === null) return key === null && SHOWN_IN[section] === SHOWN_IN[shown.section];
      return section === shown.section && key === shown.key;
    };
    keep({ errors: found.errors.filter((each) => !isHere(each)), orphans: [] });
  }

  function draw() {
    const all = [...found.errors, ...found.orphans];
    part("faults").hidden = all.length === 0;
    write(part("faults-title"), say("catalogue.n_faults", { n: all.length }));
    const whole = drafts.tree(draft());
    part("faults-list").replaceChildren(...all.map((fault) => lineOf(fault, whole)));
  }

  function lineOf({ field, sentence }, whole) {
    const at = place(field, whole);
    const where = whereOf(at, field, whole);
    if (!(at.section in SHOWN_IN)) return element("li", {}, element("b", {}, where), `: ${sentence}`);
    const href = address(at.key === null ? SHOWN_IN[at.section] : at.section, at.key);
    return element("li", {}, element("a", { href, onclick: () => aimAt(at) }, where), `: ${sentence}`);
  }

  function whereOf({ section, key, path }, field, whole) {
    const item = key === null ? null : drafts.find(whole, section, key);
    const told = item && called(section, item, language);
    const name = told ? told.name || told.text : section in LISTS ? steps(field)[1] : null;
    const shown = fieldAt(section, path);
    return [[titleOf(section), name].filter(Boolean).join(" "), shown && say(shown.label)].filter(Boolean).join(" · ");
  }

  function titleOf(section) {
    if (section in LISTS) return say(LISTS[section].one);
    const shown = SECTIONS.find(({ id }) => id === SHOWN_IN[section]);
    return shown ? say(shown.title) : section;
  }

  function aimAt(at) {
    aim = at;
    // an address that is open already draws nothing anew
    setTimeout(reach);
  }

  /** Puts the focus on the field that a line of the list has led to; returns whether there is one. */
  function reach() {
    if (!aim || open().key !== aim.key) return false;
    const { section, path } = aim;
    const field = fieldAt(section, path);
    const entry = field && document.querySelector(`.entry[data-section="${section}"][data-field="${field.path.join(".")}"]`);
    const box = path[1] && entry?.querySelector(`[data-language="${path[1]}"] .box`);
    (box || entry?.querySelector(FOCUSABLE) || part("form-title"))?.focus();
    aim = null;
    return true;
  }

  return {
    take,
    forgetHere,
    draw,
    reach,
    clear: () => keep(NONE),
    errors: () => found.errors,
    isFaulty: (section, key) => marks.has(`${section}|${key}`),
    isFaultySection: (sections) => [...marks].some((mark) => sections.includes(mark.split("|")[0])),
  };
}
