// The first page: what the database holds, what it is worth, what needs a person, what changed.
"use strict";
(function (p) {
  const MOST_UNITS = 12;

  p.drawPage = () => {
    const o = p.data.overview;
    document.title = `${p.word("overview")} – perftable-etl`;
    document.getElementById("overview").replaceChildren(...[
      counts(o),
      kept(),
      p.element("div", { class: "columns" }, statuses(o), targets(o)),
      money(o),
      p.element("div", { class: "columns" }, findings(o), coverage(o)),
      failures(o),
      p.element("div", { class: "columns" }, runs(o), changed(o)),
      revisions(o),
    ].filter(Boolean));
  };

  const section = (title, ...children) => {
    const id = `s-${title}`;
    return p.element("section", { "aria-labelledby": id }, p.element("h2", { id }, p.word(title)), ...children);
  };
  const note = (text) => p.element("p", { class: "note" }, text);

  // columns: [key of the word, class]; rows: cells, each text or an element.
  p.table = (caption, columns, rows) =>
    p.element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
      p.element("table", {},
        p.element("caption", { class: "hidden" }, caption),
        p.element("thead", {}, p.element("tr", {}, columns.map(([word, kind]) =>
          p.element("th", { scope: "col", class: kind }, p.word(word))))),
        p.element("tbody", {}, rows.map((cells) => p.element("tr", {}, cells.map((cell, at) =>
          p.element("td", { class: columns[at][1] }, cell)))))));

  const asTable = (caption, columns, rows) =>
    p.element("details", {}, p.element("summary", {}, p.word("as_table")), p.table(caption, columns, rows));

  const link = (row) => p.element("a", { href: `documents/${p.short(row.document_id)}.html` }, p.text(row.file_name));

  function counts(o) {
    const [count] = o.counts;
    const failed = o.statuses.find((row) => row.status === "failed")?.documents ?? 0;
    const tiles = [
      [p.count(count.documents), "count_documents", "documents.html"],
      [p.count(count.projects), "count_projects"],
      [p.count(count.indicators), "count_indicators"],
      [p.percent(o.coverage[0].average), "count_coverage"],
      [p.count(count.findings), "count_findings", "documents.html#status=review"],
      [p.count(failed), "count_failed", failed ? "documents.html#status=failed" : null],
    ];
    const run = o.runs[0];
    return p.element("section", { "aria-label": p.word("counts") },
      p.element("ul", { class: "tiles" }, tiles.map(([number, word, href]) => {
        const inside = [p.element("strong", {}, number), " ", p.element("span", {}, p.word(word))];
        return p.element("li", {}, href ? p.element("a", { href }, inside) : inside);
      })),
      note([
        p.word("counted_once", { hidden: p.count(count.hidden_projects) }),
        run ? ` ${p.word("data_of", { time: p.moment(run.started_at) })}` : "",
      ].join("")));
  }

  // Decisions that this browser still keeps and the database needs no more.
  function kept() {
    const settled = p.queue.settled();
    if (!settled.length) return null;
    const box = p.element("p", { class: "notice" }, p.word("settled", { count: p.count(settled.length) }), " ",
      p.button(p.word("forget"), {}, () => {
        for (const { row } of settled) p.store.remove(row.finding_id);
        box.remove();
        p.drawProgress();
      }));
    return box;
  }

  function statuses(o) {
    const rows = ["ok", "review", "no_forms", "failed"].map((status) => {
      const value = o.statuses.find((row) => row.status === status)?.documents ?? 0;
      return { name: p.word(`status_${status}`), value, label: p.count(value), status };
    });
    return section("status_title", p.bars(rows, p.word("status_title")),
      asTable(p.word("status_title"), [["status"], ["documents", "number"]],
        rows.map((row) => [p.element("a", { href: `documents.html#status=${row.status}` }, row.name), row.label])));
  }

  function targets(o) {
    const sums = new Map();
    for (const row of o.targets) sums.set(row.kind, (sums.get(row.kind) ?? 0) + row.indicators);
    const rows = [...sums].map(([kind, value]) => ({ name: p.word(`target_${kind}`), value, label: p.count(value) }));
    rows.sort((one, other) => other.value - one.value);
    return section("targets_title", rows.length ? p.bars(rows, p.word("targets_title")) : note("–"),
      asTable(p.word("targets_title"), [["targets_title"], ["indicators", "number"]],
        rows.map((row) => [row.name, row.label])));
  }

  function money(o) {
    const kinds = [...new Set(o.money.map((row) => row.form_kind ?? "declaration"))];
    const count = (kind) => of(o, kind).reduce((sum, row) => sum + row.projects, 0);
    kinds.sort((one, other) => count(other) - count(one));
    const place = p.element("div", {});
    const choice = p.element("select", { id: "kind" }, kinds.map((kind) =>
      p.element("option", { value: kind }, p.word(`kind_${kind}`))));
    const draw = () => place.replaceChildren(...moneyOf(of(o, choice.value)));
    choice.addEventListener("change", draw);
    if (kinds.length) draw();
    return section("money_title",
      kinds.length > 1 ? p.element("p", {}, p.element("label", { for: "kind" }, p.word("form_kind")), " ", choice) : null,
      kinds.length ? place : note(p.word("money_none")));
  }

  const of = (o, kind) => o.money.filter((row) => (row.form_kind ?? "declaration") === kind);
  const unitOf = (row) => row.organization ?? p.word("unknown_unit");
  const yearOf = (row) => String(row.fiscal_year ?? p.word("no_year"));

  function moneyOf(rows) {
    const printed = rows.filter((row) => row.yuan !== undefined);
    const sum = (name) => rows.reduce((all, row) => all + row[name], 0);
    const told = note(p.word("money_note", { with: p.count(sum("with_money")), all: p.count(sum("projects")) }));
    if (!printed.length) return [note(p.word("money_none"))];
    return [
      p.barsByYear(largest(printed), p.word("money_title")),
      told,
      asTable(p.word("money_title"), [["year"], ["unit"], ["projects", "number"], ["yuan", "number"]],
        printed.map((row) => [yearOf(row), p.text(unitOf(row)), p.count(row.projects), p.money(row.yuan)])),
    ];
  }

  // The units with most money in all years; the rest together. The chart is of rounded numbers, the table of exact ones.
  function largest(rows) {
    const sums = new Map();
    for (const row of rows) sums.set(unitOf(row), (sums.get(unitOf(row)) ?? 0) + Number(row.yuan));
    const units = [...sums].sort(([, one], [, other]) => other - one).map(([unit]) => unit);
    const kept = new Set(units.slice(0, MOST_UNITS));
    const rest = p.word("other_units", { count: p.count(units.length - kept.size) });
    const bars = new Map();
    for (const row of rows) {
      const name = kept.has(unitOf(row)) ? unitOf(row) : rest;
      const key = `${name}\n${yearOf(row)}`;
      const bar = bars.get(key) ?? { name, year: yearOf(row), value: 0 };
      bar.value += Number(row.yuan);
      bars.set(key, bar);
    }
    const ordered = [...units.slice(0, MOST_UNITS), rest];
    return [...bars.values()]
      .map((bar) => ({ ...bar, label: p.roughMoney(bar.value) }))
      .sort((one, other) => ordered.indexOf(one.name) - ordered.indexOf(other.name));
  }

  function findings(o) {
    if (!o.findings.length) return section("findings_title", note(p.word("no_findings")));
    const rows = o.findings.slice(0, 15).map((row) => ({ name: row.code, value: row.findings, label: p.count(row.findings) }));
    return section("findings_title", p.bars(rows, p.word("findings_title")),
      p.table(p.word("findings_title"), [["code"], ["severity"], ["findings", "number"], ["documents", "number"]],
        o.findings.map((row) => [
          [p.element("a", { href: `documents.html#code=${row.code}` }, p.text(row.code)), meaning(row.code)],
          p.word(`severity_${row.severity}`), p.count(row.findings), p.count(row.documents),
        ])));
  }

  const meaning = (code) => p.element("span", { class: "meaning" }, p.explained(code)[0]);

  function coverage(o) {
    const list = o.least_covered;
    return section("coverage_title",
      note(p.word("coverage_note")),
      list.length
        ? p.table(p.word("coverage_title"), [["file"], ["coverage", "number"]],
            list.map((row) => [link(row), p.percent(row.coverage)]))
        : note(p.word("coverage_whole", { documents: p.count(o.coverage[0].documents) })));
  }

  function failures(o) {
    if (!o.failures.length) return null;
    return section("failures_title",
      p.table(p.word("failures_title"), [["file"], ["code"], ["reason"]],
        o.failures.map((row) => [
          link(row), [p.text(row.error_code), meaning(row.error_code)], p.element("span", { lang: "en" }, p.text(row.error_message)),
        ])));
  }

  function runs(o) {
    const columns = [["run"], ["documents", "number"], ["run_new", "number"], ["run_changed", "number"],
      ["run_unchanged", "number"], ["run_failed", "number"]];
    return section("runs_title", p.table(p.word("runs_title"), columns, o.runs.map((row) => [
      p.moment(row.started_at), ...["documents", "new", "changed", "unchanged", "failed"].map((name) => p.count(row[name])),
    ])));
  }

  function changed(o) {
    if (!o.changed.length) return section("changed_title", note(p.word("no_changes")));
    return section("changed_title", p.table(p.word("changed_title"), [["file"], ["run"], ["status"]],
      o.changed.map((row) => [link(row), p.word(row.is_new ? "is_new" : "is_changed"), p.word(`status_${row.status}`)])));
  }

  function revisions(o) {
    if (!o.revisions.length) return null;
    return section("revisions_title", p.table(p.word("revisions_title"), [["project"], ["values", "number"]],
      o.revisions.map((row) => [
        p.element("a", { href: `documents/${p.short(row.document_id)}.html` }, p.text(row.project ?? "–")),
        p.count(row.values),
      ])));
  }
})(perftable);
