// Charts, drawn by Observable Plot: one ink, values beside the marks, so that print and eyes without colour lose nothing.
"use strict";
(function (p) {
  const BAR = 26;
  const MOST_OF_A_NAME = 0.4;  // of the width of a chart

  // Level bars with their names and values; each row is {name, value, label}.
  p.bars = (rows, title) => figure(title, (width) => {
    const left = roomFor(rows, width);
    return {
      height: rows.length * BAR + 8,
      marginLeft: left,
      marginRight: 72,
      marginTop: 4,
      marginBottom: 4,
      x: { axis: null, domain: [0, Math.max(1, ...rows.map((row) => row.value))] },
      y: { domain: rows.map((row) => row.name), label: null, tickSize: 0, tickFormat: (name) => cut(name, left) },
      marks: marks(rows, {}),
    };
  });

  // Bars of several years side by side, a facet a year: rows are {name, year, value, label}.
  p.barsByYear = (rows, title) => figure(title, (width) => {
    const years = [...new Set(rows.map((row) => row.year))].sort();
    const names = [...new Set(rows.map((row) => row.name))];
    const left = roomFor(rows, width);
    return {
      height: names.length * BAR + 40,
      marginLeft: left,
      marginRight: 8,
      marginTop: 30,
      marginBottom: 4,
      insetRight: 64,
      fx: { axis: "top", domain: years, label: null, padding: 0.1 },
      x: { axis: null, domain: [0, Math.max(1, ...rows.map((row) => row.value))] },
      y: { domain: names, label: null, tickSize: 0, tickFormat: (name) => cut(name, left) },
      marks: marks(rows, { fx: "year" }),
    };
  });

  const marks = (rows, facet) => [
    Plot.ruleX([0], { strokeOpacity: 0.4 }),
    Plot.barX(rows, { ...facet, x: "value", y: "name", fill: "currentColor", insetTop: 5, insetBottom: 5 }),
    Plot.text(rows, { ...facet, x: "value", y: "name", text: "label", textAnchor: "start", dx: 6 }),
  ];

  // Drawn for the width that it gets, and anew where that changes.
  function figure(title, describe) {
    const place = p.element("figure", { class: "chart" });
    let drawn = 0;
    new ResizeObserver(([{ contentRect }]) => {
      const width = Math.floor(contentRect.width);
      if (!width || width === drawn) return;
      drawn = width;
      const plot = Plot.plot({ className: "plot", width, ...describe(width) });
      for (const part of plot.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");  // it is one image
      plot.setAttribute("role", "img");
      plot.setAttribute("aria-label", title);
      place.replaceChildren(plot);
    }).observe(place);
    return place;
  }

  const widthOf = (text) => [...String(text)].reduce((sum, character) => sum + (character > "\u2e80" ? 13 : 7.6), 0);
  const roomFor = (rows, width) =>
    Math.min(width * MOST_OF_A_NAME, 20 + Math.max(...rows.map((row) => widthOf(row.name))));

  // A name that is too long for its margin loses its end; the table below the chart has it whole.
  function cut(name, room) {
    if (widthOf(name) <= room - 12) return String(name);
    let kept = "";
    for (const character of String(name)) {
      if (widthOf(kept + character) > room - 26) break;
      kept += character;
    }
    return `${kept}…`;
  }
})(perftable);
