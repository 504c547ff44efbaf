"use strict";
// The page of `wenkong serve`: text from records is set with textContent alone, so that no record can run anything.

const MOST = 400;
const ui = { view: "all", language: "zh", chosen: "", query: "", form: "", state: "", customer: "", at: -1 };
let board = { words: {}, rows: [], findings: [], due: [], company: {} };
let shown = [];

const at = (id) => document.getElementById(id);
const both = (text) => (text ? text[ui.language] || text.zh || text.en || "" : "");
const word = (key, values = {}) =>
  both(board.words[key]).replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
const folded = (text) => text.normalize("NFKC").toLowerCase();

function element(name, className, ...inside) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside.filter((each) => each !== null && each !== ""));
  return made;
}

function marked(text) {
  const query = folded(ui.query.trim().split(/\s+/)[0] || "");
  const place = query ? folded(text).indexOf(query) : -1;
  if (place < 0 || folded(text).length !== text.length) return document.createTextNode(text);
  const found = element("span", "", text.slice(0, place));
  found.append(element("mark", "", text.slice(place, place + query.length)), text.slice(place + query.length));
  return found;
}

// What is asked for ------------------------------------------------------------------------------------------------

const VIEWS = {
  all: { rows: () => board.rows, text: (each) => [each.shown, each.name, each.title.zh, each.title.en, each.form.zh, each.form.en,
    each.customer, each.state ? each.state.zh + each.state.en : "", each.search], name: (each) => each.name, draw: recordRow },
  findings: { rows: () => board.findings, text: (each) => [each.path, each.message.zh, each.message.en, each.rule, each.clause],
    name: (each) => each.record || documentAt(each.path), draw: findingRow },
  due: { rows: () => board.due, text: (each) => [each.record, each.what.zh, each.what.en, each.who, each.rule, each.path],
    name: (each) => each.record, draw: dueRow },
};

const recordOf = (name) => board.rows.find((each) => each.name === name);
const documentAt = (path) => (board.rows.find((each) => each.path === path) || { name: path }).name;

function isMeant(row) {
  const record = ui.view === "all" ? row : recordOf(VIEWS[ui.view].name(row));
  const has = (key, value) => !ui[key] || (record && value(record) === ui[key]);
  return has("form", (each) => each.form.zh) && has("state", (each) => (each.state ? each.state.zh : ""))
    && has("customer", (each) => each.customer);
}

function found() {
  const words = folded(ui.query).split(/\s+/).filter(Boolean);
  return VIEWS[ui.view].rows().filter(isMeant).filter((row) => {
    row.folded = row.folded || folded(VIEWS[ui.view].text(row).join(" "));
    return words.every((each) => row.folded.includes(each));
  });
}

// What is drawn ----------------------------------------------------------------------------------------------------

function tags(row) {
  const right = element("span", "right");
  if (row.errors) right.append(element("span", "tag error", `${row.errors} ${word(row.errors === 1 ? "error" : "errors")}`));
  if (row.warnings) right.append(element("span", "tag warning", `${row.warnings} ${word(row.warnings === 1 ? "warning" : "warnings")}`));
  if (row.state) right.append(element("span", "tag", both(row.state)));
  else if (row.revision) right.append(element("span", "tag", row.revision));
  return right;
}

function recordRow(row) {
  const top = element("div", "top", element("span", "number", marked(row.shown)), element("span", "what", both(row.form)), tags(row));
  const foot = [row.customer, row.date].filter(Boolean).join(" · ");
  return [top, element("div", "line", marked(both(row.title))), foot ? element("div", "foot", foot) : ""];
}

function findingRow(row) {
  const where = row.path.split("/").pop();
  const top = element("div", "top", element("span", "number", marked(where)), element("span", "what", word("line", { line: row.line })),
    element("span", "right", element("span", `tag ${row.severity}`, word(row.severity === "error" ? "error" : "warning"))));
  return [top, element("div", "wrap", marked(both(row.message))), element("div", "foot", [row.rule, row.clause].filter(Boolean).join(" · "))];
}

function dueRow(row) {
  const left = element("span", `tag ${row.overdue ? "error" : ""}`, both(row.left));
  const top = element("div", "top", element("span", "number", row.due), element("span", "right", left));
  return [top, element("div", "line", marked(both(row.what))),
    element("div", "foot", [row.record, row.who, row.rule, row.clause].filter(Boolean).join(" · "))];
}

function hint(key) {
  return element("div", "hint", element("strong", "", word(key)), word(`${key}_hint`));
}

function drawList() {
  shown = found();
  const all = VIEWS[ui.view].rows();
  const list = at("list");
  const top = list.scrollTop;
  ui.at = shown.findIndex((each) => VIEWS[ui.view].name(each) === ui.chosen);
  list.replaceChildren(...shown.slice(0, MOST).map((row, index) => {
    const made = element("div", "row", ...VIEWS[ui.view].draw(row));
    made.id = `row-${index}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", String(index === ui.at));
    made.addEventListener("click", () => { ui.at = index; open(); });
    return made;
  }));
  if (!shown.length) {
    const none = { all: "empty", findings: "clean", due: "no_due" }[ui.view];
    const hasRecords = ui.view !== "all" || all.some((each) => !each.document);
    list.append(hint(all.length && (hasRecords || ui.query) ? "nothing" : none));
  } else if (ui.view === "all" && !all.some((each) => !each.document)) {
    list.prepend(hint("empty"));
  }
  list.scrollTop = top;
  const counted = word("count", { shown: shown.length, all: all.length });
  at("count").textContent = shown.length > MOST ? `${counted} · ${word("more", { shown: MOST })}` : counted;
}

function drawViews() {
  const bad = board.findings.some((each) => each.severity === "error");
  const counts = { all: board.rows.length, findings: board.findings.length, due: board.due.length };
  at("views").replaceChildren(...Object.keys(VIEWS).map((key) => {
    const made = element("button", key === "findings" && bad ? "bad" : "", word(key), element("span", "", String(counts[key])));
    made.type = "button";
    made.dataset.view = key;
    made.setAttribute("aria-current", String(key === ui.view));
    made.addEventListener("click", () => { ui.view = key; at("list").scrollTop = 0; draw(); });
    return made;
  }));
}

function drawFilters() {
  const labels = { form: (row) => row.form, state: (row) => row.state, customer: (row) => (row.customer ? { zh: row.customer } : null) };
  const made = Object.entries(labels).map(([key, label]) => {
    const known = new Map(board.rows.map(label).filter(Boolean).map((each) => [each.zh, each]));
    const select = element("select", ui[key] ? "set" : "");
    select.id = `filter-${key}`;
    select.append(new Option(word("any"), ""), ...[...known.values()].sort((a, b) => both(a).localeCompare(both(b), ui.language === "zh" ? "zh-CN" : "en"))
      .map((each) => new Option(both(each), each.zh)));
    select.value = ui[key];
    select.addEventListener("change", () => { ui[key] = select.value; select.className = select.value ? "set" : ""; drawList(); });
    return element("label", "", word(key), select);
  });
  const clear = element("button", "", word("clear"));
  clear.type = "button";
  clear.addEventListener("click", clearAll);
  at("filters").replaceChildren(...made, clear);
}

function card(title, lines) {
  if (!lines.length) return "";
  return element("section", "card", element("h2", "", title), element("ul", "", ...lines));
}

function unread(path) {  // a file that is half saved or wrong is shown with what is wrong, until it can be read again
  const isFound = board.findings.some((each) => each.path === path);
  return isFound ? { isUnread: true, name: path, shown: path.split("/").pop(), path, form: board.words.unread, title: null } : null;
}

let drawing = 0;
async function drawDetail() {
  const row = recordOf(ui.chosen) || unread(ui.chosen);
  const detail = at("detail");
  if (!row) { detail.replaceChildren(hint("choose")); return; }
  const turn = ++drawing;
  const answer = row.isUnread ? { ok: false } : await fetch(`/sheet/${encodeURIComponent(row.name)}.json`);
  const about = answer.ok ? await answer.json() : null;
  if (turn !== drawing) return;
  const back = element("button", "back", `← ${word("back")}`);
  back.type = "button";
  back.addEventListener("click", close);
  const findings = board.findings.filter((each) => each.path === row.path).map((each) =>
    element("li", "", element("span", `tag ${each.severity}`, word("line", { line: each.line })),
      element("span", "", both(each.message), " ", element("small", "", [each.rule, each.clause].filter(Boolean).join(" · ")))));
  const dues = board.due.filter((each) => each.record === row.name).map((each) =>
    element("li", "", element("span", `tag ${each.overdue ? "error" : ""}`, both(each.left)),
      element("span", "", `${each.due} ${both(each.what)} `, element("small", "", [each.who, each.rule].filter(Boolean).join(" · ")))));
  detail.replaceChildren(back, element("p", "form", both(row.form)),
    element("h1", "", row.shown === both(row.title) ? row.shown : [row.shown, both(row.title)].filter(Boolean).join("　")),
    element("p", "path", row.path), card(word("of_record"), findings), card(word("due_of_record"), dues), sheet(row, about));
}

function sheet(row, about) {
  if (!about) return "";
  if (about.fault) return element("div", "hint", element("strong", "", word("not_printed")), both(about.fault));
  if (!about.pages) return element("div", "hint", word("printing"));
  const link = element("a", "", word("pdf"));
  link.href = `/sheet/${encodeURIComponent(row.name)}.pdf`;
  link.target = "_blank";
  link.rel = "noopener";
  const tools = element("div", "tools", element("span", "", word("page", { page: `1–${about.pages}`, pages: about.pages })), link);
  if (about.pages === 1) tools.firstChild.textContent = word("page", { page: 1, pages: 1 });
  const pictures = Array.from({ length: about.pages }, (_, index) => {
    const image = element("img");
    image.src = `/sheet/${encodeURIComponent(row.name)}/${index + 1}.png?${about.stamp}`;
    image.alt = `${row.shown} ${word("page", { page: index + 1, pages: about.pages })}`;
    return image;
  });
  return element("div", "sheet", tools, ...pictures);
}

function draw() {
  document.documentElement.lang = ui.language === "zh" ? "zh-CN" : "en";
  document.title = `${both(board.company) || "wenkong"} · ${word("title")}`;
  at("company").textContent = both(board.company) || "wenkong";
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", word(each.dataset.label));
  at("search").placeholder = word("search");
  connected(!at("state").classList.contains("lost"));
  drawViews();
  drawFilters();
  drawList();
}

// What people do ---------------------------------------------------------------------------------------------------

function select(index) {
  if (!shown.length) return;
  const rows = at("list").querySelectorAll(".row");
  ui.at = Math.max(0, Math.min(index, rows.length - 1));
  rows.forEach((each, place) => each.setAttribute("aria-selected", String(place === ui.at)));
  at("list").setAttribute("aria-activedescendant", `row-${ui.at}`);
  rows[ui.at].scrollIntoView({ block: "nearest" });
}

function open() {
  if (ui.at < 0 || !shown[ui.at]) return;
  show(VIEWS[ui.view].name(shown[ui.at]));
  select(ui.at);
}

function show(name) {
  if (!recordOf(name) && !unread(name)) return;
  ui.chosen = name;
  history.replaceState(null, "", `#${encodeURIComponent(name)}`);
  at("desk").classList.add("reading");
  at("detail").scrollTop = 0;
  drawDetail();
}

function close() {
  at("desk").classList.remove("reading");
  at("list").focus();
}

function clearAll() {
  Object.assign(ui, { query: "", form: "", state: "", customer: "" });
  at("search").value = "";
  draw();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const isTyping = ["INPUT", "SELECT", "TEXTAREA"].includes(document.activeElement.tagName);
  const isSearch = document.activeElement === at("search");
  if (event.key === "Escape") {
    const hasFilter = ui.query || ui.form || ui.state || ui.customer;
    if (at("desk").classList.contains("reading") && getComputedStyle(document.querySelector("main")).display === "none") close();
    else if (hasFilter) clearAll();
    if (isTyping) document.activeElement.blur();
    at("list").focus();
  } else if (isSearch && (event.key === "ArrowDown" || event.key === "Enter")) {
    at("list").focus();
    select(Math.max(ui.at, 0));
    if (event.key === "Enter") open();
  } else if (isTyping) {
    return;
  } else if (event.key === "/") {
    at("search").focus();
    at("search").select();
  } else if (event.key === "j" || event.key === "ArrowDown") {
    select(ui.at + 1);
  } else if (event.key === "k" || event.key === "ArrowUp") {
    select(Math.max(ui.at, 1) - 1);
  } else if (event.key === "Enter" && (document.activeElement === at("list") || document.activeElement === document.body)) {
    open();
  } else {
    return;
  }
  event.preventDefault();
});

at("search").addEventListener("input", () => { ui.query = at("search").value; at("list").scrollTop = 0; drawList(); });
at("language").addEventListener("click", () => {
  ui.language = ui.language === "zh" ? "en" : "zh";
  try { localStorage.setItem("language", ui.language); } catch { /* a browser that keeps nothing */ }
  draw();
  drawDetail();
});

// What is new ------------------------------------------------------------------------------------------------------

function connected(is) {
  at("state").classList.toggle("lost", !is);
  at("state").querySelector("span").textContent = word(is ? "live" : "lost");
}

let loading = false;
let again = false;
async function load() {
  if (loading) { again = true; return; }
  loading = true;
  const before = board.saves;
  const answer = await fetch("/board.json");
  const next = await answer.json();
  if (next.rows) {
    board = next;
    draw();
    const isNew = before !== undefined && before !== board.saves;
    const edited = recordOf(board.last);
    const broken = board.saved.find((path) => unread(path) && !board.rows.some((each) => each.path === path));
    if (isNew && at("follow").checked && broken) show(broken);
    else if (isNew && at("follow").checked && edited && board.saved.includes(edited.path)) show(edited.name);
    else drawDetail();
    document.body.dataset.saves = String(board.saves);
  }
  loading = false;
  if (again) { again = false; load(); }
}

try { ui.language = localStorage.getItem("language") || "zh"; } catch { /* the same */ }
ui.chosen = decodeURIComponent(location.hash.slice(1));
if (ui.chosen) at("desk").classList.add("reading");
const events = new EventSource("/events");
events.addEventListener("message", () => { connected(true); load().catch(() => connected(false)); });
events.addEventListener("error", () => connected(false));
