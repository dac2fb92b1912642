/**
 * The forms, as data: which sections there are, what they list, which fields an item has.
 *
 * A field: `kind` (fields.js makes it), `path` from the item or the section's own table, `label`
 * (a text), `once` (written only while the item is new), `optional`, `options` (options.js).
 */

const texts = (path, label, more = {}) => ({ kind: "texts", path: [path], label, ...more });
const line = (path, label, more = {}) => ({ kind: "line", path: [path], label, ...more });
const number = (path, label, more = {}) => ({ kind: "number", path: [path], label, ...more });
const choice = (path, label, options, more = {}) => ({ kind: "choice", path: [path], label, options, ...more });
const chips = (path, label, options, more = {}) => ({ kind: "chips", path: [path], label, options, ...more });

const NAME = texts("texts", "catalogue.f_name", { needed: true });
const ICON = { kind: "icon", path: ["icon"], label: "catalogue.f_icon" };
const LEGS = { kind: "legs", path: ["legs"], label: "catalogue.f_legs", hint: "catalogue.h_legs" };
const id = (label, more = {}) => line("id", label, { once: true, needed: true, short: true, ...more });

const SERVICES = {
  section: "services",
  title: "catalogue.services",
  one: "catalogue.one_service",
  grouped: true,
  parts: [
    {
      title: "catalogue.p_what",
      fields: [
        id("catalogue.f_id"),
        choice("group", "catalogue.f_group", "groups", { needed: true }),
        NAME,
        { kind: "words", path: ["search"], label: "catalogue.f_search", hint: "catalogue.h_search" },
      ],
    },
    {
      title: "catalogue.p_bring",
      fields: [
        chips("documents", "catalogue.f_documents", "documents"),
        texts("hint", "catalogue.f_hint", { long: true, optional: true }),
      ],
    },
    {
      title: "catalogue.p_time",
      fields: [
        number("minutes", "catalogue.f_minutes", { least: 0.5, step: 0.5, needed: true }),
        number("quota", "catalogue.f_quota", { least: 1, optional: true, hint: "catalogue.h_quota" }),
        choice("bookable", "catalogue.f_bookable", "bookable"),
        { kind: "own_hours", path: ["hours"], label: "catalogue.f_own_hours" },
      ],
    },
    {
      title: "catalogue.p_cost",
      fields: [
        texts("fee_texts", "catalogue.f_fee", { long: true, optional: true }),
        { kind: "date", path: ["fee_checked"], label: "catalogue.f_fee_checked", optional: true },
        line("fee", "catalogue.f_fee_note"),
      ],
    },
    {
      title: "catalogue.p_ways",
      fields: [
        chips("flags", "catalogue.f_flags", "flags"),
        line("online", "catalogue.f_online", { type: "url" }),
        LEGS,
      ],
    },
  ],
  blank: {
    id: "", group: "", minutes: 10, documents: [], fee: "", fee_checked: "", confidence: null, flags: [],
    legs: [], search: [], online: "", hours: null, quota: null, bookable: null, texts: {}, fee_texts: {}, hint: {},
  },
};

const GROUPS = {
  section: "groups",
  title: "catalogue.groups",
  one: "catalogue.one_group",
  ordered: true,
  parts: [{ fields: [choice("prefix", "catalogue.f_prefix", "prefixes", { once: true, needed: true }), NAME, ICON] }],
  blank: { prefix: "", icon: "", demo_share: 0, texts: {} },
};

const WINDOWS = {
  section: "windows",
  title: "catalogue.windows",
  one: "catalogue.one_window",
  parts: [
    {
      title: "catalogue.p_place",
      fields: [
        number("number", "catalogue.f_number", { least: 1, once: true, needed: true }),
        choice("hall", "catalogue.f_hall", "halls", { number: true }),
        line("label", "catalogue.f_label"),
        choice("lunch", "catalogue.f_lunch_shift", "lunches", { number: true }),
      ],
    },
    {
      title: "catalogue.p_takes",
      fields: [
        chips("groups", "catalogue.f_takes_groups", "groups"),
        chips("services", "catalogue.f_takes_services", "services"),
        chips("helps", "catalogue.f_helps", "groups_and_services", { hint: "catalogue.h_helps" }),
        number("help_after_minutes", "catalogue.f_help_after", { least: 0, optional: true }),
      ],
    },
    {
      title: "catalogue.p_clerk",
      fields: [
        chips("languages", "catalogue.f_languages", "languages", { hint: "catalogue.h_languages" }),
        chips("skills", "catalogue.f_skills", "skills"),
      ],
    },
  ],
  blank: {
    number: null, groups: [], services: [], helps: [], help_after_minutes: null, hall: 1, skills: [],
    languages: [], label: "", role: "", lunch: 0,
  },
};

const CATEGORIES = {
  section: "categories",
  title: "catalogue.categories",
  one: "catalogue.one_category",
  ordered: true,
  parts: [
    {
      fields: [
        id("catalogue.f_id"),
        NAME,
        { kind: "head_start", path: ["head_start_minutes"], label: "catalogue.f_head_start" },
        choice("confirm", "catalogue.f_confirm", "confirms"),
        line("proof", "catalogue.f_proof"),
        line("basis", "catalogue.f_basis"),
      ],
    },
  ],
  blank: { id: "", head_start_minutes: 20, proof: "", basis: "", confirm: "none", confidence: null, texts: {} },
};

const named = (section, title, one, more = []) => ({
  section,
  title,
  one,
  ordered: section !== "documents",
  parts: [{ fields: [id("catalogue.f_id"), texts("texts", "catalogue.f_text", { long: true, needed: true }), ...more] }],
  blank: { id: "", texts: {} },
});

const DOCUMENTS = named("documents", "catalogue.documents", "catalogue.one_document");
const NOT_REQUIRED = {
  section: "not_required",
  title: "catalogue.not_required",
  hint: "catalogue.h_not_required",
  one: "catalogue.one_not_required",
  parts: [{ fields: [texts("texts", "catalogue.f_text", { long: true, needed: true }), line("source", "catalogue.f_source")] }],
  blank: { source: "", texts: {} },
};
const NOTICES = {
  ...named("notices", "catalogue.notices", "catalogue.one_notice"),
  hint: "catalogue.h_notices",
};
const EVENTS = {
  section: "events",
  title: "catalogue.events",
  one: "catalogue.one_event",
  ordered: true,
  parts: [
    { fields: [id("catalogue.f_id"), NAME, ICON, LEGS, texts("hint", "catalogue.f_hint", { long: true, optional: true })] },
  ],
  blank: { id: "", icon: "", legs: [], texts: {}, hint: {} },
};
const HALLS = {
  section: "halls",
  title: "catalogue.halls",
  hint: "catalogue.h_halls",
  one: "catalogue.one_hall",
  parts: [{ fields: [number("number", "catalogue.f_number", { least: 1, once: true, needed: true }), NAME] }],
  blank: { number: null, texts: {} },
};
const DAY = { kind: "date", path: ["date"], label: "catalogue.f_date", once: true, needed: true };
const HOLIDAYS = {
  section: "holidays",
  title: "catalogue.holidays",
  one: "catalogue.one_holiday",
  dated: true,
  parts: [{ fields: [DAY, NAME] }],
  blank: { date: "", texts: {} },
};
const SURGES = {
  section: "surges",
  title: "catalogue.surges",
  hint: "catalogue.h_surges",
  one: "catalogue.one_surge",
  dated: true,
  parts: [{ fields: [DAY, number("factor", "catalogue.f_factor", { least: 0.1, step: 0.1, needed: true }), NAME] }],
  blank: { date: "", factor: 1.5, texts: {} },
};
const FACILITIES = {
  section: "facilities",
  title: "catalogue.facilities",
  one: "catalogue.one_facility",
  parts: [{ fields: [texts("texts", "catalogue.f_text", { needed: true })] }],
  blank: { texts: {} },
};

/** The sections in the order of the side list: what each shows as forms of its own, and as lists. */
export const SECTIONS = [
  { id: "services", icon: "ticket", title: "catalogue.services", lists: [SERVICES] },
  { id: "groups", icon: "archive", title: "catalogue.groups", lists: [GROUPS] },
  { id: "windows", icon: "window", title: "catalogue.windows", lists: [WINDOWS] },
  { id: "categories", icon: "priority", title: "catalogue.categories", lists: [CATEGORIES] },
  { id: "documents", icon: "document", title: "catalogue.documents", lists: [DOCUMENTS, NOT_REQUIRED] },
  { id: "events", icon: "family", title: "catalogue.events", lists: [EVENTS] },
  {
    id: "calendar",
    icon: "calendar",
    title: "catalogue.calendar",
    forms: [
      {
        table: "hours",
        title: "catalogue.p_hours",
        fields: [
          { kind: "week", path: [], label: "catalogue.f_week" },
          { kind: "spans", path: ["lunch"], label: "catalogue.f_lunches", hint: "catalogue.h_lunches" },
          number("stop_tickets_before_close_minutes", "catalogue.f_stop", { least: 0, hint: "catalogue.h_stop", optional: true }),
        ],
      },
    ],
    year: true,
    lists: [HOLIDAYS, SURGES],
  },
  {
    id: "booking",
    icon: "clock",
    title: "catalogue.booking",
    forms: [
      {
        table: "booking",
        title: "catalogue.booking",
        fields: [
          number("slot_minutes", "catalogue.f_slot", { least: 5, usual: 15, optional: true }),
          number("share", "catalogue.f_share", { least: 0.05, most: 1, step: 0.05, usual: 0.3, optional: true, hint: "catalogue.h_share" }),
          number("horizon_days", "catalogue.f_horizon", { least: 0, most: 366, usual: 14, optional: true, hint: "catalogue.h_horizon" }),
          number("lead_minutes", "catalogue.f_lead", { least: 0, usual: 60, optional: true }),
          number("per_contact", "catalogue.f_per_contact", { least: 1, usual: 2, optional: true }),
          { kind: "numbers", path: ["reminder_minutes"], label: "catalogue.f_reminders", usual: [1440, 120] },
        ],
      },
    ],
    lists: [],
  },
  {
    id: "rules",
    icon: "shield",
    title: "catalogue.rules",
    forms: [
      {
        table: "rules",
        title: "catalogue.p_day",
        fields: [
          { kind: "tick", path: ["keep_hours"], label: "catalogue.f_keep_hours" },
          { kind: "time", path: ["day_ends"], label: "catalogue.f_day_ends", usual: "04:00" },
        ],
      },
      {
        table: "rules",
        title: "catalogue.p_queue",
        fields: [
          number("wait_norm_minutes", "catalogue.f_norm", { least: 0, usual: 15, optional: true }),
          number("statutory_cap", "catalogue.f_cap", { least: 1, optional: true, hint: "catalogue.h_cap" }),
          number("late_behind", "catalogue.f_late", { least: 1, usual: 3, optional: true }),
          number("appointment_head_start_minutes", "catalogue.f_appointment_start", { least: 0, usual: 20, optional: true }),
          number("appointment_tolerance_minutes", "catalogue.f_appointment_late", { least: 0, usual: 10, optional: true }),
        ],
      },
      {
        table: "rules",
        title: "catalogue.p_calls",
        fields: [
          number("no_show_gap_seconds", "catalogue.f_gap", { least: 0, usual: 30, optional: true }),
          number("no_show_calls", "catalogue.f_calls", { least: 1, optional: true, hint: "catalogue.h_calls" }),
          number("revive_minutes", "catalogue.f_revive", { least: 0, usual: 30, optional: true }),
          number("undo_seconds", "catalogue.f_undo", { least: 0, usual: 60, optional: true }),
        ],
      },
      {
        table: "rules",
        title: "catalogue.p_corner",
        fields: [
          number("corner_session_minutes", "catalogue.f_corner", { least: 1, usual: 15, optional: true }),
          number("corner_extensions", "catalogue.f_corner_again", { least: 0, usual: 2, optional: true }),
        ],
      },
    ],
    lists: [],
  },
  { id: "notices", icon: "message", title: "catalogue.notices", lists: [NOTICES] },
  {
    id: "center",
    icon: "house",
    title: "catalogue.center",
    forms: [
      {
        table: "center",
        title: "catalogue.center",
        fields: [
          texts("name", "catalogue.f_name", { needed: true }),
          line("timezone", "catalogue.f_timezone", { short: true, needed: true }),
          chips("languages", "catalogue.f_center_languages", "all_languages"),
        ],
      },
      {
        table: "facts",
        title: "catalogue.p_facts",
        fields: [
          line("phone", "catalogue.f_phone", { short: true }),
          texts("address", "catalogue.f_address", { optional: true }),
          texts("legal_advice", "catalogue.f_legal", { long: true, optional: true }),
          texts("sign_language", "catalogue.f_sign", { long: true, optional: true }),
        ],
      },
    ],
    lists: [HALLS, FACILITIES],
  },
];

/** Returns every list of the forms by its section of the document. */
export const LISTS = Object.fromEntries(SECTIONS.flatMap(({ lists }) => lists.map((list) => [list.section, list])));

/** Section or table of the document → the id of the section that shows it. */
export const SHOWN_IN = Object.fromEntries(
  SECTIONS.flatMap(({ id, lists, forms = [] }) => [
    [id, id],
    ...lists.map(({ section }) => [section, id]),
    ...forms.map(({ table }) => [table, id]),
  ]),
);

/** Returns all fields of a list's items, or of a table's forms. */
export function fieldsOf(section) {
  if (section in LISTS) return LISTS[section].parts.flatMap(({ fields }) => fields);
  const forms = SECTIONS.flatMap(({ forms = [] }) => forms);
  return forms.filter(({ table }) => table === section).flatMap(({ fields }) => fields);
}

/** Returns the field that a path of a fault or difference leads to; undefined where none shows it. */
export function fieldAt(section, path) {
  const leads = (field) => field.path.every((step, place) => step === path[place]);
  return fieldsOf(section).find(leads);
}
