// Where things are printed: every place gets a number, by which a mark on the paper and a part of the record find
// one another. A part of the record may have several places (a row of indicators), a place several parts.
"use strict";
(function (p) {
  const places = [];
  p.places = places;

  // The number of a row's place; null where it has none. `kind` is how it is drawn: value, unread, warning, error, info.
  p.place = (row, kind) => {
    if (row.page === undefined || row.x0 === undefined) return null;
    places.push({ number: places.length, page: row.page, box: [row.x0, row.y0, row.x1, row.y1], kind, anchor: row.anchor });
    return places.length - 1;
  };

  p.placesOf = (rows, kind) => rows.map((row) => p.place(row, kind)).filter((number) => number !== null);

  // Marks an element of the record as what stands at these places.
  p.at = (element, numbers) => {
    const known = numbers.filter((number) => number !== null);
    if (known.length) element.dataset.places = known.join(" ");
    return element;
  };

  p.forgetPlaces = () => places.splice(0);
})(perftable);
