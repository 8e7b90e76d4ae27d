// Deciding: one finding at a time, by a button or a key, and the next one by itself.
"use strict";
(function (p) {
  let current = 0;

  const key = () => document.getElementById("document").dataset.key;
  const waiting = () => p.queue.of(key());
  const order = new Map();

  // In the order of the record, so that the next finding is the next one down the page.
  const findings = () => {
    if (!order.size) document.querySelectorAll("[data-finding]").forEach((item, at) => order.set(item.dataset.finding, at));
    return waiting().sort((one, other) => order.get(one.id) - order.get(other.id));
  };
  const rowOf = (id) => p.data.record.findings.find((finding) => finding.finding_id === id);

  p.drawPanel = () => p.element("section", { id: "panel", class: "panel", "aria-label": p.word("deciding") });

  p.drawDecisions = () => {
    const own = findings();
    for (const place of document.querySelectorAll("[data-verdict]")) drawVerdict(place, own);
    drawPanel(own);
    p.drawProgress();
  };

  function drawVerdict(place, own) {
    const finding = own.find((one) => one.id === place.dataset.verdict);
    place.textContent = finding ? verdictOf(finding) : "";
    place.closest(".finding").classList.toggle("is-decided", Boolean(place.textContent));
  }

  function verdictOf(finding) {
    const decision = p.store.of(finding.id);
    if (!decision) return p.queue.isDecided(finding) ? p.word("by_alike") : "";
    const { verdict, new_value: value, all_alike: alike } = decision.row;
    const word = p.word(`verdict_${verdict}`, { value: value === "NULL" ? p.word("no_value") : value });
    return `${p.word("decided_as", { verdict: word })}${alike ? ` · ${p.word("and_alike")}` : ""}`;
  }

  function drawPanel(own) {
    const panel = document.getElementById("panel");
    panel.hidden = !own.length;
    if (!own.length) return;
    current = Math.min(current, own.length - 1);
    panel.replaceChildren(...[stepper(own), actions(own), author(), explanation(own)].filter(Boolean));
    for (const item of document.querySelectorAll(".finding")) item.classList.toggle("current", item.dataset.finding === own[current].id);
  }

  function stepper(own) {
    const finding = rowOf(own[current].id);
    const isDone = own.every(p.queue.isDecided);
    const next = isDone && p.queue.documentAfter(key());
    return p.element("div", { class: "stepper" },
      p.button("‹", { class: "plain", "aria-label": p.word("previous"), "aria-keyshortcuts": "k" }, () => p.act("previous")),
      p.element("span", { class: "of" }, isDone ? p.word("all_decided") : p.word("finding_of", { number: current + 1, all: own.length })),
      p.button("›", { class: "plain", "aria-label": p.word("next"), "aria-keyshortcuts": "j" }, () => p.act("next")),
      next ? p.element("a", { href: `${next}.html` }, p.word("next_document")) : null,
      p.element("span", { class: "code" }, finding.code),
      finding.raw ? p.text(finding.raw, "brief") : null);
  }

  function explanation(own) {
    const [meaning, figures, action] = p.explained(rowOf(own[current].id).code);
    return meaning ? p.element("p", { class: "note" }, [meaning, figures, action].join(" ")) : null;
  }

  const RELATIONS = new Set(["superseded", "supersedes", "duplicate", "restated", "copies_differ", "not_published_again"]);

  function actions(own) {
    const { id } = own[current];
    const finding = rowOf(id);
    const target = alikeTarget(own);
    const button = (word, shortcut, values) =>
      p.button([p.word(word, values), p.element("kbd", { "aria-hidden": "true" }, shortcut)],
        { "aria-keyshortcuts": shortcut, "data-act": word }, () => p.act(word));
    return p.element("div", { class: "actions" },
      button("right", "r"), button("wrong", "w"), button("correct", "c"),
      finding.indicator_id ? button("remove", "x") : null,
      RELATIONS.has(finding.code) ? button("keep_apart", "b") : null,
      target ? button("alike", "a", { count: p.count(p.queue.alike(target).length) }) : null,
      button("undo", "u"));
  }

  // What "all alike" is about: the decision on this finding, else the one made last, on whatever page.
  function alikeTarget(own) {
    const id = p.store.of(own[current].id) ? own[current].id : p.store.all().at(-1)?.row.finding_id;
    return id && p.queue.alike(id).length ? id : null;
  }

  function author() {
    const input = p.element("input", { id: "author", value: p.author(), autocomplete: "name", maxlength: 80 });
    input.addEventListener("change", () => p.remember("author", input.value.trim()));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      p.remember("author", input.value.trim());
      p.drawDecisions();
    });
    const keys = p.element("input", { type: "checkbox", id: "keys", checked: p.keysWork() });
    keys.addEventListener("change", () => p.remember("keys", keys.checked ? "on" : "off"));
    return p.element("details", { id: "who", class: "author" },
      p.element("summary", {}, p.author() ? p.text(p.author()) : p.word("author"), " · ", p.word("keys")),
      p.element("label", {}, p.element("span", {}, p.word("author")), " ", input),
      p.element("span", { class: "of" }, p.word("author_hint")),
      p.element("label", { class: "switch" }, keys, " ", p.element("span", {}, p.word("keys_on"))),
      p.element("p", { class: "note" }, p.word("keys_help")));
  }

  const VERDICTS = { right: "confirmed", wrong: "dismissed", remove: "removed", keep_apart: "kept_apart" };

  // Does what a button or a key stands for.
  p.act = (name) => {
    const own = findings();
    if (!own.length) return name === "next" ? goOn() : undefined;
    if (name in VERDICTS) return decide(own, { verdict: VERDICTS[name] });
    return { next: () => step(own, 1), previous: () => step(own, -1), correct: () => openForm(own), alike: () => applyToAlike(own), undo, save: p.saveSheet }[name]?.();
  };

  p.chooseFinding = (id) => {
    const at = findings().findIndex((finding) => finding.id === id);
    if (at >= 0) current = at;
    p.drawDecisions();
  };

  function step(own, direction) {
    if (direction > 0 && current === own.length - 1 && own.every(p.queue.isDecided)) return goOn();
    choose((current + direction + own.length) % own.length);
  }

  function choose(at) {
    current = at;
    p.drawDecisions();
    const item = document.getElementById(`finding-${findings()[at].id}`);
    item.scrollIntoView({ block: "center" });
    p.keep(item);
    history.replaceState(null, "", `#${item.id}`);
  }

  function decide(own, decision) {
    if (!p.author()) return askAuthor();
    const { id } = own[current];
    const sheet = Object.fromEntries(p.data.queue.columns.map((column, at) => [column, rowOf(id).sheet[at]]));
    p.store.put(id, { ...sheet, ...decision, author: p.author(), decided_at: `${new Date().toISOString().slice(0, 19)}Z` });
    p.say(verdictOf(own[current]));
    goToNext(own);
  }

  function askAuthor() {
    document.getElementById("who").open = true;
    document.getElementById("author").focus({ preventScroll: true });
    p.say(p.word("author_missing"));
  }

  // The next undecided finding of this document, else of the next document.
  function goToNext(own) {
    const after = [...own.slice(current + 1), ...own.slice(0, current + 1)];
    const next = after.find((finding) => !p.queue.isDecided(finding));
    if (next) return choose(own.indexOf(next));
    p.drawDecisions();
    goOn();
  }

  function goOn() {
    const next = p.queue.documentAfter(key());
    if (next) location.href = `${next}.html#decide`;
  }

  function applyToAlike(own) {
    const target = alikeTarget(own);
    if (!target) return;
    const { row } = p.store.of(target);
    p.store.put(target, { ...row, all_alike: "yes" });  // the last thing done, and so the first undone
    p.say(verdictOf({ id: target }));
    if (p.queue.isDecided(own[current])) goToNext(own);
    else p.drawDecisions();
  }

  function undo() {
    const decision = p.store.all().at(-1);
    if (!decision) return p.say(p.word("nothing_to_undo"));
    const id = decision.row.finding_id;
    const what = `${decision.row.code} ${decision.row.printed_raw}`.slice(0, 60);
    if (decision.row.all_alike) p.store.put(id, { ...decision.row, all_alike: "" });
    else p.store.remove(id);
    p.say(p.word("undone", { what }));
    const at = findings().findIndex((finding) => finding.id === id);
    if (at >= 0) choose(at);
    else p.drawDecisions();
  }

  // The form for a right value; a key in it is a letter.
  function openForm(own) {
    if (!p.author()) return askAuthor();
    const finding = rowOf(own[current].id);
    const sheet = Object.fromEntries(p.data.queue.columns.map((column, at) => [column, finding.sheet[at]]));
    const field = p.element("select", { id: "field" }, fieldsFor(finding).map((name) =>
      p.element("option", { value: name, selected: name === (sheet.field || "target") }, p.term(finding.indicator_id ? "indicator" : "project", name))));
    const value = p.element("input", { id: "value", value: sheet.printed_raw || sheet.old_value, "aria-describedby": "value-hint", autocomplete: "off" });
    const why = p.element("input", { id: "why", autocomplete: "off" });
    const form = p.element("form", { class: "correcting" },
      p.element("label", {}, p.element("span", {}, p.word("field")), field),
      p.element("label", {}, p.element("span", {}, p.word("new_value")), value),
      p.element("label", {}, p.element("span", {}, p.word("why")), why),
      p.element("p", { class: "note", id: "value-hint" }, p.word("new_value_hint")),
      p.element("div", { class: "actions" },
        p.element("button", { type: "submit" }, p.word("apply")),
        p.button(p.word("cancel"), { class: "plain" }, p.drawDecisions)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      decide(own, { verdict: "corrected", field: field.value, new_value: value.value.trim() || "NULL", reason: why.value.trim() });
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") p.drawDecisions();
    });
    document.getElementById("panel").append(form);
    value.focus({ preventScroll: true });
    value.select();
  }

  const fieldsFor = (finding) => Object.keys(p.data.site.terms[finding.indicator_id ? "indicator" : "project"]);
})(perftable);
