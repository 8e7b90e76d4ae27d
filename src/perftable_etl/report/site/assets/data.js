// The one name that all scripts share. Data comes as scripts too: a page from the disk can load nothing else.
"use strict";
const perftable = {
  data: {},
  give(name, value) {
    perftable.data[name] = value;
  },
};
