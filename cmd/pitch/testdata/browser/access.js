// What a screen reader, a keyboard and weak eyes need of the page as it stands.
// The value is a list of what is wrong.
(() => {
  const wrong = [];
  const say = (rule, node, more) => {
    const name = node && node.outerHTML ? node.outerHTML.replace(/\s+/g, " ").slice(0, 120) : "";
    wrong.push(`${rule}${more ? " (" + more + ")" : ""}: ${name}`);
  };
  const all = (selector, under) => [...(under || document).querySelectorAll(selector)];
  const shown = (node) => node.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && !node.closest("[inert]");
  const modal = all("dialog[open]").at(-1);
  const scope = modal || document.body;

  // Names.
  const textOf = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true" || node.hidden) return "";
    if (node.getAttribute("aria-label")) return node.getAttribute("aria-label");
    if (node.tagName === "IMG") return node.alt;
    return [...node.childNodes].map(textOf).join("");
  };
  const named = (node) => {
    const by = node.getAttribute("aria-labelledby");
    if (by) return by.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(textOf).join(" ").trim();
    if (node.getAttribute("aria-label")) return node.getAttribute("aria-label").trim();
    if (node.labels && node.labels.length) return [...node.labels].map(textOf).join(" ").trim();
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(node.tagName)) return "";
    if (node.tagName === "FIELDSET") return textOf(node.querySelector("legend") || document.createElement("i")).trim();
    return (textOf(node) || node.title || "").trim();
  };
  const controls = "a[href], button, input, select, textarea, summary, [role=button], [role=menuitem], [role=option], [role=combobox], [role=listbox], [role=menu], dialog[open], fieldset, nav, [role=log], [role=region], [role=group], [role=img]";
  for (const node of all(controls)) {
    if (shown(node) && node.type !== "hidden" && !node.closest("svg") && !named(node)) say("nothing names it", node);
  }
  for (const node of all("input, select, textarea")) {
    if (shown(node) && !node.labels.length && !node.getAttribute("aria-label")) say("a field without a label", node);
  }
  for (const node of all("[aria-invalid=true]")) {
    const told = (node.getAttribute("aria-describedby") || "").split(/\s+/).some((id) => document.getElementById(id)?.classList.contains("error"));
    if (!told) say("what is wrong is not told", node);
  }

  // Roles, attributes and what they point at.
  const roles = "alert alertdialog button combobox dialog group img link list listbox listitem log main menu menuitem navigation none option presentation region status".split(" ");
  const attributes = "activedescendant atomic autocomplete busy controls current describedby disabled expanded haspopup hidden invalid label labelledby live modal relevant required selected".split(" ");
  for (const node of all("*")) {
    for (const role of (node.getAttribute("role") || "").split(/\s+/).filter(Boolean)) if (!roles.includes(role)) say("no such role", node, role);
    for (const { name, value } of node.attributes) {
      if (name.startsWith("aria-") && !attributes.includes(name.slice(5))) say("no such attribute", node, name);
      if (shown(node) && /^aria-(controls|labelledby|describedby|activedescendant)$/.test(name)) {
        for (const id of value.split(/\s+/).filter(Boolean)) if (!document.getElementById(id)) say("points at nothing", node, name + "=" + id);
      }
      if (name === "tabindex" && Number(value) > 0) say("out of the order of the page", node);
      if (name === "style" && node.id !== "text") say("a style of its own", node);
      if (name.startsWith("on")) say("an inline script", node);
    }
  }
  for (const node of all("[role=option]")) if (!node.closest("[role=listbox]")) say("an option outside a list", node);
  for (const node of all("[role=menuitem]")) if (!node.closest("[role=menu]")) say("an item outside a menu", node);
  for (const node of all("button button, a button, button a, a a, label button")) say("one control in another", node);
  const ids = all("[id]").map((node) => node.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) say("two of one id", null, id);

  // The outline of the document.
  if (!document.documentElement.lang) say("no language", document.documentElement);
  if (!document.title) say("no title", document.documentElement);
  if (all("h1").filter(shown).length !== 1) say("not one first heading", document.body);
  for (const landmark of ["main", "header", "nav"]) if (!document.querySelector(landmark)) say("no landmark", document.body, landmark);
  if (all("main").length !== 1) say("not one main", document.body);
  const navs = all("nav").map(named);
  if (new Set(navs).size !== navs.length) say("two navigations of one name", document.body);
  for (const node of all("li")) if (!/^(UL|OL|MENU)$/.test(node.parentElement.tagName)) say("an item outside a list", node);
  for (const node of all("img")) if (!node.hasAttribute("alt")) say("a picture without words", node);
  for (const node of all("svg")) if (node.getAttribute("aria-hidden") !== "true" && !named(node)) say("a drawing without words", node);
  for (const node of all("table")) if (!node.querySelector("th[scope]")) say("a table without headings", node);
  if (!document.querySelector("[role=status]")) say("nothing announces", document.body);
  const stream = document.getElementById("stream");
  if (stream && (stream.getAttribute("role") !== "log" || stream.getAttribute("aria-live") !== "polite")) say("new messages are not announced", stream);
  let level = 0;
  for (const node of all("h1, h2, h3, h4", scope).filter(shown)) {
    const here = Number(node.tagName[1]);
    if (level && here > level + 1) say("a heading skips a level", node);
    level = here;
  }

  // Contrast: WCAG 2.2, 1.4.3.
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colour = (css) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = css;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => {
    const a = top[3] + under[3] * (1 - top[3]);
    return a === 0 ? [0, 0, 0, 0] : [0, 1, 2].map((i) => (top[i] * top[3] + under[i] * under[3] * (1 - top[3])) / a).concat(a);
  };
  const ground = (node) => {
    let seen = [0, 0, 0, 0];
    for (let at = node; at && seen[3] < 0.999; at = at.parentElement) seen = over(seen, colour(getComputedStyle(at).backgroundColor));
    return over(seen, colour(getComputedStyle(document.body).backgroundColor));
  };
  const light = ([r, g, b]) => {
    const linear = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  const checked = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || checked.has(node) || !shown(node) || node.closest(".by-ear, option, title, noscript, script")) continue;
    if (/^(OPTION|TITLE)$/.test(node.tagName)) continue;
    checked.add(node);
    const style = getComputedStyle(node);
    if (style.clipPath !== "none") continue;
    const size = parseFloat(style.fontSize);
    const needs = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const inSvg = node.closest("svg");
    const ink = colour(inSvg ? style.fill : style.color);
    const under = ground(inSvg || node);
    const is = ratio(over(ink, under), under);
    if (is < needs) say("too little contrast", node, is.toFixed(2));
  }

  // Nothing is wider than the window.
  if (document.scrollingElement.scrollWidth > innerWidth + 1) say("wider than the window", document.body, document.scrollingElement.scrollWidth + " of " + innerWidth);
  if (stream && stream.scrollWidth > stream.clientWidth + 1) say("the messages are wider than their place", stream, stream.scrollWidth + " of " + stream.clientWidth);
  // The page's own measure: what fingers press on a narrow screen.
  if (innerWidth < 720) for (const node of all(".btn, .bar-button, .person, .situation", scope)) {
    if (shown(node) && node.getBoundingClientRect().height < 36) say("too low to be pressed", node, Math.round(node.getBoundingClientRect().height));
  }
  for (const node of all(".message")) if (!named(node)) say("a message without a name", node);
  return wrong;
})()
