// Words in the reader's language, and numbers as people read them. Exact numbers come as text and stay text.
"use strict";
(function (p) {
  p.words = p.words || {};

  // A word of the site; {name} in it stands for a value.
  p.word = (key, values) => {
    const word = p.words[p.language()][key] ?? p.words.en[key] ?? key;
    return word.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
  };

  // The name of a field of the form.
  p.term = (group, field) => p.data.site.terms[group]?.[field]?.[p.language()] ?? p.word(`field_${field}`, {});

  // What a code means, whether figures are affected, what to do; nothing of a code that is not known.
  p.explained = (code) => p.data.site.codes[code]?.[p.language()] ?? [];

  p.count = (number) => Number(number).toLocaleString("en-US");

  // Money is in yuan and exact: digits are grouped in the text itself.
  p.money = (text) => {
    const [, sign, whole, places] = /^(-?)(\d+)(\.\d+)?$/.exec(text) || [];
    return whole ? `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${places || ""}` : text;
  };

  p.percent = (share) => {
    if (share === undefined || share === null) return "–";
    const percent = Math.floor(share * 1000) / 10;
    return `${Number.isInteger(percent) ? percent : percent.toFixed(1)} %`;
  };

  // 1.2 million in the units of the reader: 万 and 亿, or thousands and millions.
  p.roughMoney = (yuan) => {
    const units = p.language() === "zh" ? [[1e8, "亿"], [1e4, "万"]] : [[1e9, "bn"], [1e6, "m"], [1e3, "k"]];
    const [size, name] = units.find(([least]) => Math.abs(yuan) >= least) || [1, ""];
    return `${(yuan / size).toLocaleString("en-US", { maximumFractionDigits: 1 })}${name && ` ${name}`}`;
  };

  p.moment = (iso) => (iso ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : "–");

  p.short = (documentId) => documentId.slice(0, 16);
})(perftable);
