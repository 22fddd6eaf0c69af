/* The report's data, and the filter that limits what is shown of them. */

const REPORT = JSON.parse(document.getElementById('data').textContent);

/** One table: its columns are as they came, its rows objects. */
class Table {
  constructor(raw) {
    Object.assign(this, raw);
    this.names = raw.columns.map((column) => column.name);
    this.isNumber = raw.columns.map((column) => !column.texts);
    this.all = Array.from({ length: raw.rows }, (_, row) => {
      const values = {};
      for (const column of raw.columns) {
        const value = column.values[row];
        values[column.name] = value === null || !column.texts ? value : column.texts[value];
      }
      return values;
    });
    this.namespaces = this.names.filter((name) => /(^|_)namespace$/.test(name));
    this.actions = this.names.filter((name) => /(^|_)(action|sequence)$/.test(name) && name !== 'step_action');
  }

  /** The rows that a filter leaves. */
  rowsFor(filter) {
    return this.all.filter((row) => this.passes(row, 'namespace', this.namespaces, filter) && this.passes(row, 'action', this.actions, filter));
  }

  passes(row, what, columns, filter) {
    return !filter[what] || columns.length === 0 || columns.some((column) => filter.matches(what, row[column]));
  }

  /** Of what is filtered, what this table knows nothing of. */
  ignored(filter) {
    return ['namespace', 'action'].filter((what) => filter[what] && this[what + 's'].length === 0);
  }
}

/** What somebody wants to see: everything, or one namespace, or the actions that a text fits. */
class Filter {
  constructor(namespace, action) {
    this.namespace = namespace;
    this.action = action;
    this.isExact = KNOWN.actions.has(action);
  }

  get isOn() {
    return Boolean(this.namespace || this.action);
  }

  matches(what, value) {
    if (value === null || value === undefined) {
      return false;
    }
    if (what === 'namespace') {
      return value === this.namespace;
    }
    return this.isExact ? value === this.action : String(value).toLowerCase().includes(this.action.toLowerCase());
  }

  /** Findings about other actions or namespaces are out; those about invokers or all of it stay. */
  passes(finding) {
    return ['namespace', 'action'].every((what) => {
      const named = Object.keys(finding.subject).filter((part) => part === what || (what === 'action' && /^(sequence|action.*)$/.test(part)));
      return !this[what] || named.length === 0 || named.some((part) => this.matches(what, finding.subject[part]));
    });
  }
}

const SECTIONS = REPORT.sections.map((raw) => new Table(raw));
const CHARTED = new Map(REPORT.charts.map((raw) => [raw.query, new Table(raw)]));

/** All namespaces and actions that anything here tells something about. */
const KNOWN = { namespaces: new Set(), actions: new Set() };
for (const table of [...CHARTED.values(), ...SECTIONS]) {
  for (const [known, columns] of [[KNOWN.namespaces, table.namespaces], [KNOWN.actions, table.actions]]) {
    for (const name of columns) {
      (table.columns[table.names.indexOf(name)].texts || []).forEach((text) => known.add(text));
    }
  }
}

/** The rows of a chart's query; none where this page was made without it. */
function charted(query, filter) {
  return CHARTED.has(query) ? CHARTED.get(query).rowsFor(filter) : [];
}

/** Sums of some columns by the values of others: groups in the order in which they come. */
function grouped(rows, keyOf, columns) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (!groups.has(key)) {
      groups.set(key, { key, row, ...Object.fromEntries(columns.map((column) => [column, 0])) });
    }
    const group = groups.get(key);
    columns.forEach((column) => (group[column] += row[column]));
  }
  return [...groups.values()];
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** The fewest values of which a quantile has a 95 % interval; with fewer it is not shown. */
const FEWEST = new Map([[0.5, 6], [0.9, 29], [0.95, 59], [0.99, 299]]);

/** A quantile out of counts by bucket, which are those of a logarithmic scale: right within half a bucket. */
function quantile(counts, share, bucketsPerDecade) {
  const buckets = [...counts.keys()].sort((a, b) => a - b);
  const total = sum([...counts.values()]);
  if (total < FEWEST.get(share)) {
    return null;
  }
  let before = 0;
  for (const bucket of buckets) {
    const here = counts.get(bucket);
    if (before + here >= share * total) {
      return bucket < 0 ? 0 : 10 ** ((bucket + (share * total - before) / here) / bucketsPerDecade);
    }
    before += here;
  }
  return null;
}

/** Wilson's 95 % interval of a share. */
function interval(hits, n) {
  const z = 1.959964;
  const share = hits / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const reach = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)];
}
