// What the file shows: images of pages with a box for each value, or its tables and lines with the same marks.
"use strict";
(function (p) {
  p.drawPrinted = () => {
    const printed = p.data.printed ?? { kind: "none", reason: "not_found" };
    const draw = { pages, tables, lines, none }[printed.kind];
    return p.element("div", { id: "sheets", class: `sheets ${printed.kind}` }, told(printed), draw(printed));
  };

  function told(printed) {
    const notes = [];
    if (printed.kind !== "none" && printed.reason) notes.push(p.word("partly_drawn"));
    const all = p.data.record.document.page_count;
    if (printed.kind === "pages" && printed.pages.length < all) {
      notes.push(p.word("pages_left_out", { shown: p.count(printed.pages.length), all: p.count(all) }));
    }
    return notes.map((text) => p.element("p", { class: "note" }, text));
  }

  function none(printed) {
    const text = printed.reason === "not_found" ? p.word("not_found") : p.word("not_drawn", { message: printed.message });
    return p.element("p", { class: "notice" }, text);
  }

  function pages(printed) {
    const folder = `../printed/${document.getElementById("document").dataset.key}/`;
    return printed.pages.map((page) => {
      const name = p.word("page", { number: page.number });
      return p.element("figure", { class: "sheet", id: `page-${page.number}`, "data-page": page.number },
        p.element("figcaption", {}, p.element("a", { href: `#page-${page.number}` }, name)),
        p.element("div", { class: "paper" },
          p.element("img", {
            src: folder + page.image, loading: "lazy", decoding: "async",
            width: Math.round(page.width * 4 / 3), height: Math.round(page.height * 4 / 3),
            alt: p.word("page_image", { number: page.number, file: p.data.record.document.file_name }),
          }),
          boxes(page)));
    });
  }

  // In points, as the places are: the drawing is scaled with the image.
  function boxes(page) {
    const own = p.places.filter((place) => place.page === page.number);
    own.sort((one, other) => area(other) - area(one));
    return p.svg("svg", { viewBox: `0 0 ${page.width} ${page.height}`, "aria-hidden": "true", preserveAspectRatio: "none" },
      own.map(({ number, kind, box: [x0, y0, x1, y1] }) =>
        p.svg("rect", { class: kind, "data-place": number, x: x0, y: y0, width: x1 - x0, height: y1 - y0 })));
  }

  const area = ({ box: [x0, y0, x1, y1] }) => (x1 - x0) * (y1 - y0);

  function tables(printed) {
    return printed.tables.map((table) =>
      p.element("figure", { class: "sheet", id: `page-${table.number}`, "data-page": table.number },
        p.element("figcaption", {}, p.element("a", { href: `#page-${table.number}` },
          p.word(printed.unit, { number: table.number }), table.name ? [" ", p.text(table.name)] : null)),
        p.element("div", { class: "cells", tabindex: "0", role: "group", "aria-label": p.word(printed.unit, { number: table.number }) },
          table.blocks.map((block) => block.rows
            ? p.element("table", {}, p.element("tbody", {}, block.rows.map((row) =>
                p.element("tr", {}, row.map((cell) => marked("td", cell, table.number, {
                  rowspan: cell.rows > 1 ? cell.rows : null, colspan: cell.columns > 1 ? cell.columns : null,
                }))))))
            : marked("p", block, table.number, {})))));
  }

  function lines(printed) {
    const numbers = [...new Set(printed.lines.map((line) => line.page))];
    return numbers.map((number) =>
      p.element("figure", { class: "sheet", id: `page-${number}`, "data-page": number },
        p.element("figcaption", {}, p.element("a", { href: `#page-${number}` }, p.word("page", { number }))),
        p.element("ol", { class: "lines" }, printed.lines.filter((line) => line.page === number).map((line) =>
          marked("li", line, number, { value: Math.floor(line.box[1]) + 1 })))));
  }

  // A cell or line with the places that are in it: those whose middle it holds, and those that hold its own.
  function marked(name, { text, box }, page, attributes) {
    const own = p.places.filter((place) => place.page === page && (holds(place.box, box) || holds(box, place.box)));
    const kinds = [...new Set(own.map((place) => place.kind))].join(" ");
    const numbers = own.map((place) => place.number).join(" ");
    return p.element(name, { ...attributes, class: kinds || null, "data-place": numbers || null }, p.text(text));
  }

  function holds([x0, y0, x1, y1], [a0, b0, a1, b1]) {
    const x = (a0 + a1) / 2;
    const y = (b0 + b1) / 2;
    return x0 <= x && x <= x1 && y0 <= y && y <= y1;
  }
})(perftable);
