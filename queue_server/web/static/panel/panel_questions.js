/** What the panel asks before a move; each question names the ticket it is about. */

import { placeKinds, serviceItems } from "../offers.js";
import { askOne, askReason } from "../questions.js";

const WHY_HOLD = ["missing_document", "filling_form", "payment", "photo", "consultation"];
const OUT_OF_ORDER = [
  "came_late",
  "with_child",
  "unwell",
  "visitor_asked",
  "document_checked",
  "wrong_service",
];
const WHY_PAUSE = ["lunch", "short_break", "consultation_inside", "called_away", "system_down", "unwell_self"];
const FORWARDED = ["to_tax", "to_notary", "to_bank", "to_police", "to_cadastre", "to_other_center"];
/** An id that stands for "no documents at all". */
const NONE = "none";

/** Returns the panel's questions; each takes a ticket's number and resolves as in questions.js. */
export function panelQuestions(data, say) {
  const reasons = (keys) => keys.map((key) => say(`reason.${key}`));
  const nothing = () => say("staff.nothing_found");

  function choose(number, verb, kinds, more = {}) {
    return askOne({ title: `${verb} · ${number}`, verb, kinds, nothing: nothing(), ...more });
  }

  /** The service's own documents, then those that nobody may demand, marked as such. */
  function documents(service) {
    const { documents: own = [] } = data.services.find(({ id }) => id === service) ?? {};
    const needed = own
      .filter((id) => id !== NONE)
      .map((id) => ({ text: data.documents[id] ?? id, value: id }));
    const free = data.not_required.map((text, place) => ({
      text,
      value: `not_required-${place + 1}`,
      group: say("staff.may_not_be_demanded"),
      notice: say("staff.not_demanded_notice"),
    }));
    return [...needed, ...free];
  }

  return {
    whyPause() {
      return askReason({ title: say("staff.pause_why"), reasons: reasons(WHY_PAUSE) });
    },
    whyHold(number) {
      const title = `${say("staff.hold")} · ${number}`;
      return askReason({ title, reasons: reasons(WHY_HOLD), timed: true });
    },
    whyOutOfOrder(number) {
      const title = `${number} · ${say("staff.call_this_reason")}`;
      return askReason({ title, reasons: reasons(OUT_OF_ORDER) });
    },
    whichDocument({ number, service }) {
      const title = `${say("staff.which_document")} · ${number}`;
      return askReason({ title, reasons: documents(service), say });
    },
    whereForwarded({ number }) {
      const title = `${say("staff.where_forwarded")} · ${number}`;
      return askReason({ title, reasons: reasons(FORWARDED) });
    },
    whereTo(number) {
      const others = {
        ...data,
        windows: data.windows.filter((window) => window.number !== data.window),
        clerks: data.clerks.filter((clerk) => clerk.login !== data.person.login),
      };
      return choose(number, say("staff.transfer"), placeKinds(others, say), { back: true, keep: true });
    },
    whichLeg(number) {
      const kinds = [{ name: "service", label: "", items: serviceItems(data) }];
      return choose(number, say("staff.add_leg"), kinds);
    },
  };
}
