/* The page: what stands where, the filter and the address that keeps it, light and dark. */

const MOST_FINDINGS = 8;

function byId(id) {
  return document.getElementById(id);
}

/** A link to a part of this page; the filter stays as it is. */
function partLink(id, ...children) {
  return element('a', { href: '#at=' + encodeURIComponent(id), onclick: (event) => {
    event.preventDefault();
    PAGE.goTo(id);
  } }, ...children);
}

/** A bar of what an interval of time at stake is of the largest one. */
function stakeBar(finding, most) {
  const bar = element('span', { class: 'bar' });
  const fill = element('span', { class: 'fill ' + (finding.confidence === 'measured' ? 'measured' : 'guessed') });
  fill.style.width = (100 * finding.at_stake_ms) / most + '%';
  bar.append(fill);
  if (finding.ci95) {
    const range = element('span', { class: 'range', title: '95 % interval' });
    const [low, high] = finding.ci95.map((ms) => (100 * Math.min(Math.max(ms, 0), most)) / most);
    range.style.left = low + '%';
    range.style.width = Math.max(high - low, 0.5) + '%';
    bar.append(range);
  }
  return bar;
}

class Card {
  constructor(chart) {
    this.chart = chart;
    this.controls = element('span', { class: 'controls' });
    this.box = element('div', { class: 'drawing' });
    this.note = element('figcaption');
    this.scope = element('p', { class: 'note scope' });
    this.drawing = new Drawing(this.box);
    this.choices = new Map();
    const table = CHARTED.get(chart.queries[0]);
    this.figure = element('figure', { class: chart.isWide ? 'card wide' : 'card', id: chart.id },
      element('h3', {}, chart.title, this.controls),
      element('p', { class: 'question' }, table ? sentence(table.answers) : ''),
      this.scope, this.box, this.note);
  }

  /** The reports that this chart illustrates. */
  get reports() {
    return this.chart.queries.flatMap((query) => (CHARTED.has(query) ? CHARTED.get(query).illustrates : []));
  }

  get columns() {
    return this.chart.queries.flatMap((query) => (CHARTED.has(query) ? CHARTED.get(query).names : []));
  }

  /** Returns whether there was anything to draw. */
  draw(filter) {
    this.drawing.clear();
    this.controls.replaceChildren();
    const note = this.chart.draw(this.drawing, filter, this);
    this.scope.textContent = this.chart.isOfAll && filter.isOn ? 'Of the whole recording: this is not recorded by namespace and action.' : '';
    this.note.textContent = note === null ? 'Nothing of this is left by the filter.' : note;
    return note !== null;
  }

  /** What is chosen of several, by a control beside the title. */
  choice(name, options, usual) {
    const chosen = options.some(([value]) => value === this.choices.get(name)) ? this.choices.get(name) : usual;
    if (options.length > 1) {
      this.controls.append(element('select', { 'aria-label': 'What to show', onchange: (event) => {
        this.choices.set(name, event.target.value);
        this.draw(PAGE.filter);
      } }, ...options.map(([value, label]) => element('option', { value, selected: value === chosen }, label))));
    }
    return chosen;
  }

  choiceLabel(name, options) {
    const chosen = this.choices.get(name) || options[0][0];
    return options.find(([value]) => value === chosen)[1];
  }

  choose(action) {
    PAGE.setFilter(PAGE.filter.namespace, action);
  }
}

class Page {
  constructor() {
    this.filter = new Filter('', '');
    this.showsAllFindings = false;
    this.cards = CHARTS.map((chart) => new Card(chart));
    this.views = SECTIONS.filter((table) => table.all.length > 0).map((table) => new TableView(table, (action) => this.setFilter(this.filter.namespace, action)));
  }

  start() {
    document.title = visible(REPORT.recording) + ': whisktape report';
    byId('recording').textContent = visible(REPORT.recording);
    this.showQuality();
    this.showTables();
    this.setUpToolbar();
    applyTheme();
    const drawn = this.cards.filter((card) => {
      byId('charts').querySelector('.cards').append(card.figure);
      return card.draw(this.filter);
    });
    this.leaveOut(this.cards.filter((card) => !drawn.includes(card)));
    this.cards = drawn;
    this.setUpLinks();
    this.setUpPrinting();
    window.addEventListener('hashchange', () => this.follow());
    this.follow();
    document.documentElement.dataset.ready = 'true';
  }

  showQuality() {
    const quality = REPORT.quality;
    const responseMs = quality.wait_ms + quality.init_ms + quality.run_ms;
    const span = quality.from && quality.until ? Date.parse(quality.until) - Date.parse(quality.from) : 0;
    const line = [counted(quality.rows, 'activation', 'activations') + (quality.rows > 0 ? ', ' + count(quality.base_set) + ' of them in the figures' : '')];
    if (quality.from && quality.until) {
      line.push(quality.from.slice(0, 19).replace('T', ' ') + ' UTC, for ' + length(span));
    }
    line.push(quality.gaps.length === 0 ? 'no gaps' : counted(quality.gaps.length, 'gap', 'gaps'));
    line.push(quality.unreadable === 0 ? 'nothing unreadable' : count(quality.unreadable) + ' unreadable');
    byId('quality').textContent = line.join(' · ');
    if (responseMs > 0) {
      const parts = [['waiting', 'warm', quality.wait_ms], ['initialising', 'init', quality.init_ms], ['running', 'run', quality.run_ms]];
      const bar = element('div', { class: 'parts-bar' }, ...parts.map(([, name, ms]) => {
        const part = element('span', { class: name });
        part.style.flexGrow = ms / responseMs;
        return part;
      }));
      byId('parts').append(bar, element('p', { class: 'legend' }, element('span', {}, element('b', {}, length(responseMs)), ' of response time'),
        ...parts.map(([label, name, ms]) => element('span', { class: 'key ' + name }, label + ' ' + percent(ms / responseMs)))));
    }
    const list = byId('more-quality').querySelector('dl');
    const excluded = Object.entries(quality.excluded).map(([reason, n]) => count(n) + ' ' + visible(reason)).join(', ');
    const found = quality.found_in;
    const facts = [
      ['Left out of the figures', excluded || 'none'],
      ['Known from', count(found.both || 0) + ' topic and database, ' + count(found.events || 0) + ' only the topic, ' + count(found.couchdb || 0) + ' only the database'],
      ['Events sent twice', count(quality.duplicates)],
      ['Gaps', quality.gaps.map(visible).join('; ') || 'none']
    ];
    list.append(...facts.flatMap(([name, text]) => [element('dt', {}, name), element('dd', {}, text)]));
  }

  showFindings() {
    const all = REPORT.findings;
    const left = all.filter((finding) => this.filter.passes(finding));
    const shown = this.showsAllFindings ? left : left.slice(0, MOST_FINDINGS);
    const most = Math.max(...all.map((finding) => Math.max(finding.at_stake_ms, finding.ci95 ? finding.ci95[1] : 0)), 1);
    const lead = byId('findings').querySelector('.lead');
    if (all.length === 0) {
      lead.textContent = REPORT.quality.base_set === 0 ? 'Nothing ran that could be judged.' : 'None: no check found anything that would save 1 % of the response time above.';
    } else {
      lead.textContent = 'Most time at stake first: what would be saved, all calls together. Bars are striped where it is estimated; the thin line is the 95 % interval.'
        + (left.length < all.length ? ' ' + count(left.length) + ' of ' + count(all.length) + ' are left by the filter.' : '');
    }
    byId('findings').querySelector('ol').replaceChildren(...shown.map((finding) => this.findingElement(finding, most)));
    byId('findings').querySelector('button.more')?.remove();
    if (shown.length < left.length) {
      byId('findings').append(element('button', { type: 'button', class: 'more', onclick: () => {
        this.showsAllFindings = true;
        this.showFindings();
      } }, 'Show all ' + count(left.length)));
    }
  }

  findingElement(finding, most) {
    const fitting = this.cards.filter((each) => each.reports.includes(finding.id));
    const card = fitting.find((each) => finding.subject.invoker && each.columns.includes('invoker')) || fitting[0];
    const views = this.views.filter((view) => view.table.report === finding.id);
    const evidence = [
      finding.id,
      finding.ci95 ? '95 % between ' + length(finding.ci95[0]) + ' and ' + length(finding.ci95[1]) : null,
      counted(finding.n, 'call', 'calls'),
      finding.confidence
    ].filter((part) => part !== null).map(visible).join(' · ');
    return element('li', {},
      element('div', { class: 'stake' },
        finding.at_stake_ms === 0 ? element('span', { class: 'none' }, 'no time taken') : element('strong', {}, length(finding.at_stake_ms)),
        finding.at_stake_ms === 0 ? null : element('span', { class: 'quiet' }, ' ' + percent(finding.share)),
        finding.at_stake_ms === 0 ? null : stakeBar(finding, most)),
      element('div', {},
        element('p', { class: 'claim' }, visible(finding.claim)),
        element('p', { class: 'next' }, element('b', {}, 'Next: '), visible(finding.next)),
        element('p', { class: 'evidence' }, evidence,
          ...(card ? [' · ', partLink(card.chart.id, 'chart')] : []),
          ...(views.length > 0 ? [' · ', partLink(views[0].details.id, 'table')] : []),
          ...(KNOWN.actions.has(finding.subject.action) && !this.filter.action ? [' · ', this.onlyButton(finding.subject.action)] : []))));
  }

  onlyButton(action) {
    return element('button', { type: 'button', class: 'link', onclick: () => this.setFilter(this.filter.namespace, action) }, 'only ', nameElement(action));
  }

  showTables() {
    const reports = new Map();
    for (const view of this.views) {
      const id = view.table.report || '';
      reports.set(id, [...(reports.get(id) || []), view]);
    }
    byId('tables').querySelector('.reports').append(...[...reports].map(([id, views]) => element('section', { class: 'report', id: 'report-' + visible(id) },
      element('h3', {}, element('span', { class: 'quiet' }, visible(id)), ' ', visible(views[0].table.report_title)),
      ...views.map((view) => view.details))));
    byId('tables').querySelector('.lead').textContent = this.views.length === 0 ? 'There are none.'
      : 'Every question that was asked, by report. Columns sort by a click.';
    const empty = SECTIONS.filter((table) => table.all.length === 0).map((table) => visible(table.query));
    if (empty.length > 0) {
      byId('tables').append(element('p', { class: 'note' }, 'Nothing to show in ' + empty.join(', ') + '.'));
    }
    byId('footer').textContent = 'Made by whisktape ' + visible(REPORT.tool) + '. Times are UTC. This file needs no network, and uses none.';
  }

  /** Cards without anything to draw are named in a line and not shown. */
  leaveOut(cards) {
    cards.forEach((card) => card.figure.remove());
    const names = cards.map((card) => card.chart.title.toLowerCase());
    byId('not-drawn').textContent = names.length > 0 ? 'This recording has nothing to draw for: ' + names.join('; ') + '.' : '';
    byId('charts').querySelector('.lead').textContent = 'Each belongs to reports whose tables stand below. A click on a bar or a name shows that action alone.';
    byId('charts').hidden = this.cards.length === cards.length;
  }

  setUpToolbar() {
    const sorted = (names) => [...names].sort((a, b) => (a < b ? -1 : 1));
    byId('namespace').append(element('option', { value: '' }, 'all'), ...sorted(KNOWN.namespaces).map((name) => element('option', { value: name }, shortened(name, 60))));
    byId('actions').append(...sorted(KNOWN.actions).slice(0, 2000).map((name) => element('option', { value: name })));
    byId('namespace').addEventListener('change', (event) => this.setFilter(event.target.value, this.filter.action));
    byId('action').addEventListener('input', (event) => this.setFilter(this.filter.namespace, event.target.value));
    byId('clear').addEventListener('click', () => this.setFilter('', ''));
    byId('theme').addEventListener('click', () => this.setTheme(isDark() ? 'light' : 'dark'));
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.setTheme(document.documentElement.dataset.theme));
    this.nameTheme();
  }

  setUpLinks() {
    document.querySelector('nav').append(
      partLink('findings', 'Findings'),
      ...(byId('charts').hidden ? [] : [partLink('charts', 'Charts')]),
      partLink('tables', 'Tables'));
  }

  setTheme(theme) {
    if (theme) {
      document.documentElement.dataset.theme = theme;
    }
    this.nameTheme();
    applyTheme();
    this.draw();
  }

  nameTheme() {
    byId('theme').textContent = isDark() ? 'Light' : 'Dark';
    byId('theme').setAttribute('aria-label', isDark() ? 'Show in light colours' : 'Show in dark colours');
  }

  draw() {
    this.cards.forEach((card) => card.draw(this.filter));
  }

  setFilter(namespace, action) {
    const address = new URLSearchParams();
    if (namespace) {
      address.set('namespace', namespace);
    }
    if (action) {
      address.set('action', action);
    }
    history.replaceState(null, '', '#' + address);
    this.apply(new Filter(namespace, action));
  }

  /** Shows what the address says. */
  follow() {
    const address = new URLSearchParams(location.hash.slice(1));
    this.apply(new Filter(address.get('namespace') || '', address.get('action') || ''));
    if (address.has('at')) {
      this.show(address.get('at'));
    }
  }

  apply(filter) {
    const isSame = filter.namespace === this.filter.namespace && filter.action === this.filter.action;
    this.filter = filter;
    byId('namespace').value = filter.namespace;
    if (byId('action').value !== filter.action) {
      byId('action').value = filter.action;
    }
    byId('clear').hidden = !filter.isOn;
    this.showFindings();
    this.views.forEach((view) => view.show(filter));
    if (!isSame) {
      this.draw();
    }
  }

  goTo(id) {
    const address = new URLSearchParams(location.hash.slice(1));
    address.set('at', id);
    history.pushState(null, '', '#' + address);
    this.show(id);
  }

  show(id) {
    const target = byId(id);
    if (target) {
      target.open = true;
      target.scrollIntoView();
      document.querySelector('.shown')?.classList.remove('shown');
      target.classList.add('shown');
    }
  }

  /** On paper everything is open, and light. */
  setUpPrinting() {
    let before = null;
    window.addEventListener('beforeprint', () => {
      before = { theme: document.documentElement.dataset.theme, closed: this.views.filter((view) => !view.details.open) };
      before.closed.forEach((view) => {
        view.details.open = true;
        view.fill();
      });
      this.setTheme('light');
    });
    window.addEventListener('afterprint', () => {
      before.closed.forEach((view) => (view.details.open = false));
      delete document.documentElement.dataset.theme;
      this.setTheme(before.theme);
    });
  }
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
}

const PAGE = new Page();
PAGE.start();
