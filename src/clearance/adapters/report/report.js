"use strict";
// Builds the table of customers from the data block; every text enters as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PAGE = 100;
  // A row: id, name, country, segment, revenue, outcome, share text, share maximum, reasons, why, anchor
  const columns = [
    { title: "Customer", key: (row) => (row[1] || row[0]).toLowerCase() },
    { title: "Country", key: (row) => row[2] },
    { title: "Segment", key: (row) => data.segments[row[3]] },
    { title: "Revenue", key: (row) => row[4], number: true },
    { title: "Outcome", key: (row) => data.outcomes[row[5]].rank, number: true },
    { title: "Restricted share", key: (row) => row[7], number: true },
    { title: "Why", key: (row) => data.texts[row[9]] },
  ];
  const state = { sort: 4, down: true, page: 0, rows: data.rows };
  const byId = (id) => document.getElementById(id);
  const money = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  const make = (name, className, text) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const bdi = (parent, text) => parent.appendChild(make("bdi", "", text));

  const head = document.querySelector("#table thead tr");
  columns.forEach((column, at) => {
    const th = make("th", column.number && at !== 4 ? "n" : "");
    th.scope = "col";
    const button = make("button", "", column.title);
    button.type = "button";
    button.addEventListener("click", () => {
      state.down = state.sort === at ? !state.down : Boolean(column.number);
      state.sort = at;
      refresh();
    });
    th.append(button);
    head.append(th);
  });

  const fill = (id, values) =>
    values.forEach((value, at) => {
      const option = make("option", "", value || "(none)");
      option.value = String(at);
      byId(id).append(option);
    });
  fill("f-outcome", data.outcomes.map((outcome) => outcome.label));
  fill("f-reason", data.reasons);
  fill("f-segment", data.segments);

  const chosen = (id) => {
    const value = byId(id).value;
    return value === "" ? -1 : Number(value);
  };
  function select() {
    const words = byId("f-text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const [outcome, reason, segment] = ["f-outcome", "f-reason", "f-segment"].map(chosen);
    return data.rows.filter((row) => {
      if (outcome >= 0 && row[5] !== outcome) return false;
      if (reason >= 0 && !row[8].includes(reason)) return false;
      if (segment >= 0 && row[3] !== segment) return false;
      const text = `${row[0]} ${row[1]} ${row[2]}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }
  function order(rows) {
    const { key } = columns[state.sort];
    const sign = state.down ? -1 : 1;
    return rows.sort((one, other) => {
      const [a, b] = [key(one), key(other)];
      if (a === b) return other[4] - one[4];
      return (a < b ? -1 : 1) * sign;
    });
  }
  function line(row) {
    const tr = make("tr");
    const outcome = data.outcomes[row[5]];
    const name = tr.appendChild(make("th", "name"));
    name.scope = "row";
    if (row[10]) {
      const link = name.appendChild(make("a"));
      link.href = `#${row[10]}`;
      bdi(link, row[1] || row[0]);
    } else bdi(name, row[1] || row[0]);
    bdi(name.appendChild(make("span")), row[0]);
    bdi(tr.appendChild(make("td")), row[2]);
    bdi(tr.appendChild(make("td")), data.segments[row[3]]);
    tr.append(make("td", "n", money.format(row[4])));
    tr.appendChild(make("td")).append(make("span", `chip ${outcome.word}`, `${outcome.sign} ${outcome.label}`));
    tr.append(make("td", "n", row[6]));
    const why = tr.appendChild(make("td"));
    bdi(why, data.texts[row[9]]);
    why.append(" ", make("code", "soft", row[8].map((at) => data.reasons[at]).join(" ")));
    return tr;
  }
  function show() {
    const pages = Math.max(1, Math.ceil(state.rows.length / PAGE));
    state.page = Math.min(Math.max(0, state.page), pages - 1);
    const start = state.page * PAGE;
    document.querySelector("#table tbody").replaceChildren(...state.rows.slice(start, start + PAGE).map(line));
    byId("page").textContent = `Page ${state.page + 1} of ${pages}`;
    byId("before").disabled = state.page === 0;
    byId("after").disabled = state.page === pages - 1;
    const revenue = state.rows.reduce((sum, row) => sum + row[4], 0);
    byId("count").textContent = `${money.format(state.rows.length)} shown, revenue ${money.format(revenue)} a year`;
    [...head.children].forEach((th, at) => {
      if (at === state.sort) th.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
      const mark = at === state.sort ? (state.down ? " ▾" : " ▴") : "";
      th.firstChild.textContent = columns[at].title + mark;
    });
  }
  function refresh() {
    state.page = 0;
    state.rows = order(select());
    show();
  }
  function open() {
    const target = location.hash && byId(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") {
      target.open = true;
      target.scrollIntoView();
    }
  }
  byId("filters").addEventListener("input", refresh);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("before").addEventListener("click", () => { state.page -= 1; show(); });
  byId("after").addEventListener("click", () => { state.page += 1; show(); });
  window.addEventListener("hashchange", open);
  refresh();
  open();
})();
