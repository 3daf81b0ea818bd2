/// The page's script: it sorts and filters the table of flows, shows a part of it at a time, and opens what a link leads
/// to. Everything can be read without it. No `<` and no `&` in it, so that it reads alike in HTML and in XML.
enum HTMLScript {
  static let text = """
    "use strict";
    const make = (name, text) => { const made = document.createElement(name); made.textContent = text; return made; };
    const part = 200;
    for (const table of document.querySelectorAll("table.sortable")) {
      const body = table.tBodies[0];
      const rows = Array.from(body.rows);
      let order = rows, found = rows, shown = part, texts = null;
      const tools = make("div", ""), status = make("p", ""), more = make("button", ""), all = make("button", "Show all");
      status.setAttribute("role", "status");
      tools.className = "tools";
      for (const button of [more, all]) { button.type = "button"; button.className = "more"; }
      const field = (name, control) => { const label = make("label", name); label.append(control); tools.append(label); return control; };
      const wanted = document.createElement("input");
      wanted.type = "search";
      wanted.autocomplete = "off";
      field("Filter the flows", wanted);
      const verdict = document.createElement("select");
      verdict.append(new Option("all verdicts", ""));
      for (const name of new Set(rows.map(row => row.dataset.verdict))) verdict.append(new Option(name, name));
      field("Verdict", verdict);
      tools.append(status);
      const show = () => {
        const visible = found.slice(0, shown);
        body.replaceChildren(...visible);
        status.textContent = visible.length === rows.length ? `All ${rows.length} flows` : `${visible.length} of ${found.length} shown` + (found.length === rows.length ? "" : `, ${rows.length} in all`);
        const rest = found.length - visible.length;
        more.hidden = all.hidden = rest === 0;
        more.textContent = `Show ${Math.min(part, rest)} more`;
      };
      const filter = () => {
        texts = texts || new Map(rows.map(row => [row, row.textContent.toLowerCase()]));
        const words = wanted.value.toLowerCase().split(/ +/).filter(word => word);
        found = order.filter(row => [row.dataset.verdict, ""].includes(verdict.value) ? words.every(word => texts.get(row).includes(word)) : false);
        shown = part;
        show();
      };
      wanted.addEventListener("input", filter);
      verdict.addEventListener("change", filter);
      more.addEventListener("click", () => { shown += part; show(); });
      all.addEventListener("click", () => { shown = found.length; show(); });
      const heads = Array.from(table.tHead.rows[0].cells);
      heads.forEach((head, column) => {
        const button = make("button", head.textContent);
        button.type = "button";
        head.replaceChildren(button);
        button.addEventListener("click", () => {
          const isDown = head.getAttribute("aria-sort") === "ascending";
          for (const other of heads) other.removeAttribute("aria-sort");
          head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
          const key = row => { const cell = row.cells[column]; return cell.dataset.key === undefined ? cell.textContent : Number(cell.dataset.key); };
          const keys = new Map(rows.map(row => [row, key(row)]));
          const collator = new Intl.Collator("en", {numeric: true});
          const compare = (one, other) => typeof keys.get(one) === "number" ? keys.get(one) - keys.get(other) : collator.compare(keys.get(one), keys.get(other));
          order = rows.slice().sort(isDown ? (one, other) => compare(other, one) : compare);
          filter();
        });
      });
      heads[0].setAttribute("aria-sort", "ascending");
      table.parentElement.before(tools);
      table.parentElement.after(more, all);
      show();
    }
    const open = () => {
      const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
      if (target instanceof HTMLDetailsElement) { target.open = true; target.scrollIntoView(); }
    };
    addEventListener("hashchange", open);
    open();
    """
}
