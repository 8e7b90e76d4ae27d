// Language and theme: what the person chose, else what the browser says. Runs in the head, before anything is drawn.
"use strict";
(function (p) {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // Without storage (a private window) all works, and nothing is remembered.
  p.remembered = (name) => {
    try {
      return localStorage.getItem(`perftable.${name}`);
    } catch {
      return null;
    }
  };
  p.remember = (name, value) => {
    try {
      localStorage.setItem(`perftable.${name}`, value);
    } catch {
      // Nothing is lost but the memory of it.
    }
  };

  p.language = () => p.remembered("language") || (navigator.language.startsWith("zh") ? "zh" : "en");
  p.theme = () => p.remembered("theme") || (dark.matches ? "dark" : "light");

  p.applySettings = () => {
    root.lang = p.language() === "zh" ? "zh-CN" : "en";
    root.dataset.theme = p.theme();
  };

  p.applySettings();
  dark.addEventListener("change", p.applySettings);
})(perftable);
