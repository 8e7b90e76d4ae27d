// The page of one document: its head, the paper and the record beside one another, and what the address points at.
"use strict";
(function (p) {
  const LONG = 200;  // characters of a title that would push all else off the page

  p.drawPage = () => {
    const { document: row } = p.data.record;
    document.title = `${row.file_name.slice(0, 120)} – perftable-etl`;
    p.forgetPlaces();
    const record = p.drawRecord();  // the record first: it tells the places that the paper marks
    const sheets = p.drawPrinted();
    document.getElementById("document").replaceChildren(
      head(row),
      p.element("div", { class: "split" },
        p.element("section", { class: "left", "aria-label": p.word("paper") },
          p.drawZoom(),
          p.element("div", { id: "paper", tabindex: "0", role: "group", "aria-label": p.word("paper") }, sheets)),
        p.element("section", { class: "right", "aria-label": p.word("record") }, record)),
      p.drawPanel());
    p.watchLights(sheets, record);
    p.watchPages(document.getElementById("paper"));
    p.drawDecisions();
    follow();
  };

  function head(row) {
    const title = row.title ?? row.file_name;
    return p.element("header", { class: "about" },
      title.length > LONG
        ? p.element("div", { class: "long", tabindex: "0", role: "group", "aria-label": p.word("title") }, p.element("h1", {}, p.text(title)))
        : p.element("h1", {}, p.text(title)),
      p.element("p", { class: "facts" },
        fact("file", p.text(row.file_name)),
        row.organization ? fact("unit", p.text(row.organization)) : null,
        row.fiscal_year ? fact("year", String(row.fiscal_year)) : null,
        fact("status", p.element("span", { class: `chip ${row.status}` }, p.word(`status_${row.status}`))),
        row.coverage === undefined ? null : fact("coverage", p.percent(row.coverage)),
        row.page_count ? fact("pages", p.count(row.page_count)) : null),
      row.error_message ? p.element("p", { class: "notice", lang: "en" }, p.text(row.error_message)) : null,
      p.element("details", { class: "source" }, p.element("summary", {}, p.word("source")),
        p.element("p", {}, address(row.source_uri)),
        p.element("p", {}, p.word("sha"), " ", p.element("code", {}, row.document_id))));
  }

  const fact = (word, value) => p.element("span", {}, p.element("span", { class: "of" }, p.word(word)), " ", value);

  // Only addresses of the web are links: any other scheme may do something.
  const address = (uri) =>
    /^https?:\/\//.test(uri) ? p.element("a", { href: uri, rel: "noreferrer" }, p.text(uri)) : p.text(uri);

  // Shows what the address points at: a page, a project, an indicator, a finding.
  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.classList.contains("sheet")) {
      const pane = document.getElementById("paper");
      pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - 8;
      return;
    }
    target.scrollIntoView({ block: "center" });
    p.keep(target.closest("[data-places]") ?? target);
    if (target.dataset.finding) p.chooseFinding(target.dataset.finding);
  }
  addEventListener("hashchange", follow);
})(perftable);
