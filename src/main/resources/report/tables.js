/* Tables that sort by click or key, and are filled only when somebody opens them. */

const FIRST_ROWS = 25;

/** The view of one table: what is sorted by, and how much of it is shown. */
class TableView {
  constructor(table, onAction) {
    this.table = table;
    this.onAction = onAction;
    this.sortedBy = -1;
    this.isDescending = false;
    this.showsAll = false;
    this.filter = new Filter('', '');
    this.size = element('span', { class: 'size' });
    this.body = element('tbody');
    this.heads = table.names.map((name, column) => this.head(name, column));
    this.more = element('button', { type: 'button', class: 'more', onclick: () => this.showAll() });
    this.note = element('p', { class: 'note' });
    this.details = element(
      'details',
      { class: 'table', id: 'table-' + table.query, ontoggle: () => this.fill() },
      element('summary', {}, element('span', { class: 'question' }, sentence(table.answers || table.title || table.query)), this.size),
      element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': visible(table.answers) },
        element('table', {}, element('thead', {}, element('tr', {}, ...this.heads)), this.body)),
      this.more,
      this.note,
      table.next ? element('p', { class: 'next' }, element('b', {}, 'Next: '), visible(table.next)) : null,
      commandElement(table.query));
  }

  head(name, column) {
    const words = name.split(/(?=_)/).flatMap((word, i) => (i === 0 ? [visible(word)] : [element('wbr'), visible(word)]));
    return element(
      'th',
      { scope: 'col', 'aria-sort': 'none', class: this.table.isNumber[column] ? 'number' : null },
      element('button', { type: 'button', onclick: () => this.sort(column) }, ...words));
  }

  /** Numbers largest first, texts from A on; the same column again turns it round. */
  sort(column) {
    this.isDescending = this.sortedBy === column ? !this.isDescending : this.table.isNumber[column];
    this.sortedBy = column;
    this.heads.forEach((head, i) => head.setAttribute('aria-sort', i !== column ? 'none' : this.isDescending ? 'descending' : 'ascending'));
    this.fill();
  }

  show(filter) {
    this.filter = filter;
    const rows = this.table.rowsFor(filter).length;
    const all = this.table.all.length + this.table.more;
    this.size.textContent = rows < this.table.all.length ? count(rows) + ' of ' + counted(all, 'row', 'rows') : counted(all, 'row', 'rows');
    const ignored = this.table.ignored(filter);
    this.note.textContent = [
      this.table.more > 0 ? 'The first ' + count(this.table.all.length) + ' rows; the command below prints all ' + count(all) + '.' : '',
      ignored.length > 0 ? 'Of the whole recording: this table has no ' + ignored.join(' and no ') + '.' : ''
    ].join(' ').trim();
    this.fill();
  }

  showAll() {
    this.showsAll = true;
    this.fill();
  }

  fill() {
    if (!this.details.open) {
      return;
    }
    const rows = this.sorted(this.table.rowsFor(this.filter));
    const shown = this.showsAll ? rows : rows.slice(0, FIRST_ROWS);
    this.body.replaceChildren(...shown.map((row) => element('tr', {}, ...this.table.names.map((name, i) => this.cell(row, name, i)))));
    this.more.hidden = shown.length === rows.length;
    this.more.textContent = 'Show all ' + count(rows.length);
  }

  cell(row, name, column) {
    const value = row[name];
    if (this.table.isNumber[column] || value === null) {
      return element('td', { class: this.table.isNumber[column] ? 'number' : null }, cellText(name, value));
    }
    if (this.table.actions.includes(name)) {
      return element('td', {}, element('button', { type: 'button', class: 'link', onclick: () => this.onAction(value) }, nameElement(value)));
    }
    return element('td', {}, nameElement(value, 120));
  }

  /** What has no value comes last either way; what is equal stays in the query's order. */
  sorted(rows) {
    if (this.sortedBy < 0) {
      return rows;
    }
    const name = this.table.names[this.sortedBy];
    const sign = this.isDescending ? -1 : 1;
    const order = this.table.isNumber[this.sortedBy] ? (a, b) => a - b : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    return [...rows].sort((a, b) => {
      if (a[name] === null || b[name] === null) {
        return (a[name] === null ? 1 : 0) - (b[name] === null ? 1 : 0);
      }
      return sign * order(a[name], b[name]);
    });
  }
}

function sentence(text) {
  const shown = visible(text);
  return shown.charAt(0).toUpperCase() + shown.slice(1);
}

/** How to ask the same on the command line. */
function commandElement(query) {
  return element('p', { class: 'command' }, element('code', {}, visible('whisktape analyze ' + quoted(REPORT.recording) + ' ' + quoted(query))));
}
