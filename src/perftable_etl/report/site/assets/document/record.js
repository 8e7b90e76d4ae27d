// What was read from the file: each project with its fields, its money and its indicators, and what was found beside.
"use strict";
(function (p) {
  p.drawRecord = () => {
    const { projects } = p.data.record;
    const own = p.drawFindings(p.findingsOf(undefined, undefined));
    return p.element("div", { id: "record" },
      own,
      projects.length ? projects.map(drawProject) : p.element("p", { class: "note" }, p.word("no_record")));
  };

  function drawProject(project) {
    const id = `project-${project.ordinal}`;
    const name = project.name ?? p.word("project_n", { number: project.ordinal });
    return p.element("section", { class: "project", id, "aria-labelledby": `${id}-name` },
      p.element("h2", { id: `${id}-name` }, p.element("a", { href: `#${id}` }, p.text(name))),
      p.element("p", { class: "note" }, about(project)),
      replaced(project),
      p.correction(project),
      p.drawFindings(p.findingsOf(project.project_id, undefined)),
      fields(project, id),
      money(project, id),
      indicators(project),
      others("tasks", id, project.tasks, (row) => [row.name ?? "", row.content ?? row.raw, row.amount ? p.money(row.amount) : ""]),
      others("other_fields", id, project.other_fields, (row) => [row.label, row.value]),
      others("unread", id, project.unread_cells, (row) => [row.text]));
  }

  function about(project) {
    const unit = p.data.printed?.unit;
    const pages = project.first_page === project.last_page ? "page" : "pages_from_to";
    const parts = [
      p.word("project_n", { number: project.ordinal }),
      unit ? p.word(unit, { number: project.first_page }) : p.word(pages, { number: project.first_page, first: project.first_page, last: project.last_page }),
      project.form_kind ? p.word(`kind_${project.form_kind}`) : null,
    ];
    return parts.filter(Boolean).join(" · ");
  }

  function replaced(project) {
    if (!project.other_document) return null;
    const href = `${p.short(project.other_document)}.html`;
    return p.element("p", { class: "replaced" }, p.word(project.superseded_by ? "superseded" : "duplicate"), " ",
      p.element("a", { href }, p.text(project.other_file)));
  }

  function fields(project, id) {
    const names = Object.keys(p.data.site.terms.project).filter((name) => project[name] !== undefined && name !== "name");
    const rows = names.map((name) => {
      const sources = project.sources.filter((source) => source.field === name);
      const term = p.element("dt", {}, p.element("a", { href: `#${id}-${name}` }, p.term("project", name)));
      const value = p.element("dd", {}, p.value(name, project[name], sources));
      return p.at(p.element("div", { id: `${id}-${name}`, class: /goal/.test(name) ? "wide" : null }, term, value),
        p.placesOf(sources, "value"));
    });
    const title = p.placesOf(project.sources.filter((source) => source.field === "name"), "value");
    const named = p.at(p.element("div", { id: `${id}-title` },
      p.element("dt", {}, p.element("a", { href: `#${id}-title` }, p.term("project", "name"))),
      p.element("dd", {}, p.text(project.name ?? "–"))), title);
    return p.element("dl", { class: "fields" }, named, rows);
  }

  function money(project, id) {
    const named = new Set(project.sources.map(({ page, x0, y0 }) => `${page} ${x0} ${y0}`));
    const rows = project.amounts.filter(({ page, x0, y0 }) => !named.has(`${page} ${x0} ${y0}`));
    return others("money", id, rows, (row) => [row.label_raw, row.amount === undefined ? row.raw : p.money(row.amount)], "amount");
  }

  // Rows of texts with their places, under a title; nothing where there are none. The last column may be of numbers.
  function others(word, owner, rows, cells, last) {
    if (!rows?.length) return null;
    const kind = word === "unread" ? "unread" : "value";
    return p.element("div", { class: "others" }, p.element("h3", {}, p.word(word)),
      p.element("table", {}, p.element("tbody", {}, rows.map((row, number) => {
        const texts = cells(row);
        const id = `${owner}-${word}-${number + 1}`;
        const shown = (text, at) => p.text(text, last && at === texts.length - 1 ? last : null);
        return p.at(p.element("tr", { id }, texts.map((text, at) =>
          p.element("td", {}, at ? shown(text, at) : p.element("a", { href: `#${id}` }, shown(text || "–", at))))), [p.place(row, kind)]);
      }))));
  }

  function indicators(project) {
    if (!project.indicators.length) return null;
    return p.element("div", { class: "indicators" },
      p.element("h3", {}, p.word("indicators_title")),
      project.indicators.map((row, at) => drawIndicator(project, row, project.indicators[at - 1])));
  }

  function drawIndicator(project, row, before) {
    const id = `indicator-${row.indicator_id}`;
    const levels = [row.level1, row.level2].filter(Boolean);
    const isNew = !before || before.level1 !== row.level1 || before.level2 !== row.level2;
    const of = (field) => p.placesOf(row.sources.filter((source) => source.field === field), "value");
    const all = {
      target: of("target"), level3: of("level3"), actual: of("actual"), weight: of("weight"), score: of("score"),
      area: of("area"), reason: of("reason"), remark: of("remark"),
    };
    const shared = [...of("level1"), ...of("level2")];
    const part = (name, ...children) => p.at(p.element("div", { class: name }, ...children), all[name]);
    const article = p.element("article", { class: `indicator${row.is_removed ? " removed" : ""}`, id },
      p.element("a", { href: `#${id}`, class: "ordinal", "aria-label": `${p.word("indicator")} ${row.ordinal}` }, String(row.ordinal)),
      part("level3", p.element("span", {}, p.text(row.level3))),
      part("target", p.text(row.target_raw || "–", "print"), p.element("span", { class: "parse" }, p.parsed(row)),
        row.parts.length ? p.element("ul", { class: "parts" }, row.parts.map((bound) =>
          p.element("li", {}, p.text(bound.raw), " ", p.element("span", { class: "parse" }, p.parsed(bound))))) : null),
      extras(row, part),
      p.correction(row),
      p.drawFindings(p.findingsOf(project.project_id, row.indicator_id)));
    p.at(article, [...all.level3, ...all.target, ...all.actual, ...shared]);
    return isNew && levels.length ? [heading(levels, shared), article] : article;
  }

  function heading(levels, places) {
    return p.at(p.element("h4", {}, levels.map((level, at) => [at ? " › " : "", p.text(level)])), places);
  }

  function extras(row, part) {
    const found = [];
    const add = (name, ...content) =>
      found.push(part(name, p.element("span", { class: "of" }, p.term("indicator", name)), " ", ...content));
    if (row.actual_raw !== undefined) {
      add("actual", p.text(row.actual_raw || "–", "print"), row.actual_kind ? p.element("span", { class: "parse" }, p.parsed(row, "actual_")) : null);
    }
    for (const name of ["weight", "score", "area", "reason", "remark"]) {
      if (row[name] !== undefined) add(name, p.text(row[name]));
    }
    if (row.phase && row.phase !== "year") found.push(p.element("div", {}, p.word(`phase_${row.phase}`)));
    if (row.readings_agree === false) found.push(p.element("div", { class: "doubtful" }, p.word("readings_differ")));
    if (row.confidence !== undefined) {
      found.push(p.element("div", {}, p.word("recognised", { percent: p.percent(row.confidence) })));
    }
    return found.length ? p.element("div", { class: "extras" }, found) : null;
  }
})(perftable);
