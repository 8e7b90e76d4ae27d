// The list of documents, by Tabulator: searched, chosen from, and sorted.
"use strict";
(function (p) {
  const chosen = new URLSearchParams(location.hash.slice(1));
  const state = { search: "", status: chosen.get("status") ?? "", year: chosen.get("year") ?? "", code: chosen.get("code") ?? "" };
  let table = null;

  for (const row of p.data.documents) {
    row.searched = [row.file_name, row.title, row.organization, row.fiscal_year, row.document_id, row.project_names]
      .filter((text) => text !== undefined).join("\n").toLowerCase();
  }

  p.drawPage = () => {
    document.title = `${p.word("documents")} – perftable-etl`;
    const place = p.element("div", { id: "table" });
    const shown = p.element("p", { class: "note", id: "shown", role: "status" });
    document.getElementById("documents").replaceChildren(filters(), shown, place);
    table = new Tabulator(place, {
      data: p.data.documents,
      index: "document_id",
      layout: "fitColumns",
      responsiveLayout: "hide",
      height: p.data.documents.length > 30 ? "70vh" : false,
      placeholder: "–",
      columns: columns(),
      headerSortElement: "<span></span>",
    });
    table.on("tableBuilt", () => {
      choose();
      makeSortable(place);
    });
    table.on("dataSorted", () => requestAnimationFrame(() => makeSortable(place)));
    table.on("dataFiltered", (_, rows) => {
      shown.textContent = p.word("shown_documents", { shown: p.count(rows.length), all: p.count(p.data.documents.length) });
    });
  };

  // The head of a column is a button for keys, too.
  function makeSortable(place) {
    place.querySelector(".tabulator-tableholder").setAttribute("role", "rowgroup");
    place.querySelector(".tabulator-table")?.setAttribute("role", "presentation");
    for (const head of place.querySelectorAll(".tabulator-col.tabulator-sortable")) {
      if (head.tabIndex === 0) continue;
      head.tabIndex = 0;
      head.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        head.querySelector(".tabulator-col-content").click();
        head.focus();
      });
    }
  }

  function filters() {
    const search = p.element("input", { type: "search", id: "search", placeholder: p.word("search"), value: state.search });
    search.addEventListener("input", () => {
      state.search = search.value;
      choose();
    });
    const years = [...new Set(p.data.documents.map((row) => row.fiscal_year).filter((year) => year !== undefined))].sort();
    const form = p.element("form", { class: "filters", role: "search" },
      labelled("search", search),
      labelled("status", select("status", ["ok", "review", "no_forms", "failed"].map((one) => [one, p.word(`status_${one}`)]))),
      labelled("year", select("year", years.map((year) => [String(year), String(year)]))),
      state.code ? codeChosen() : null);
    form.addEventListener("submit", (event) => event.preventDefault());  // what is typed is searched for at once
    return form;
  }

  const labelled = (word, control) =>
    p.element("label", {}, p.element("span", {}, p.word(word)), control);

  function select(name, options) {
    const control = p.element("select", { id: name },
      p.element("option", { value: "" }, p.word("all")),
      options.map(([value, word]) => p.element("option", { value, selected: state[name] === value }, word)));
    control.addEventListener("change", () => {
      state[name] = control.value;
      choose();
    });
    return control;
  }

  function codeChosen() {
    const box = p.element("p", { class: "chosen" }, p.word("with_code", { code: state.code }), " ",
      p.button(p.word("show_all"), { class: "plain" }, () => {
        state.code = "";
        box.remove();
        choose();
      }));
    return box;
  }

  function choose() {
    const words = state.search.toLowerCase().split(/\s+/).filter(Boolean);
    table.setFilter((row) =>
      words.every((word) => row.searched.includes(word)) &&
      (!state.status || row.status === state.status) &&
      (!state.year || String(row.fiscal_year) === state.year) &&
      (!state.code || row.codes.includes(state.code)));
  }

  function columns() {
    return [
      { title: p.word("file"), field: "file_name", formatter: fileCell, minWidth: 190, widthGrow: 4, responsive: 0 },
      { title: p.word("unit"), field: "organization", formatter: textCell, minWidth: 150, widthGrow: 3, responsive: 3 },
      { title: p.word("year"), field: "fiscal_year", hozAlign: "right", headerHozAlign: "right", width: 84, responsive: 2 },
      { title: p.word("status"), field: "status", formatter: statusCell, width: 130, responsive: 1 },
      { title: p.word("coverage"), field: "coverage", hozAlign: "right", headerHozAlign: "right", formatter: (cell) => p.percent(cell.getValue()), width: 106, responsive: 4 },
      { title: p.word("projects"), field: "projects", hozAlign: "right", headerHozAlign: "right", width: 100, responsive: 5 },
      { title: p.word("findings"), field: "findings", hozAlign: "right", headerHozAlign: "right", width: 104, responsive: 4 },
      { title: p.word("pages"), field: "page_count", hozAlign: "right", headerHozAlign: "right", width: 88, responsive: 6 },
    ];
  }

  function fileCell(cell) {
    const row = cell.getData();
    return p.element("div", { class: "file" },
      p.element("a", { href: `documents/${p.short(row.document_id)}.html` }, p.text(row.file_name)),
      row.title ? p.text(row.title, "sub") : null);
  }

  const textCell = (cell) => p.text(cell.getValue() ?? "–");
  const statusCell = (cell) =>
    p.element("span", { class: `chip ${cell.getValue()}` }, p.word(`status_${cell.getValue()}`));
})(perftable);
