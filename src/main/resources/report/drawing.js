/* What all charts share: colours of the theme, axes of time, and how a canvas is made and given up. */

Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;
Chart.defaults.interaction = { mode: 'index', intersect: false };
Chart.defaults.plugins.legend.align = 'start';
Chart.defaults.plugins.legend.labels.boxWidth = 12;
Chart.defaults.plugins.legend.labels.boxHeight = 12;
Chart.defaults.plugins.tooltip.boxPadding = 4;
Chart.defaults.datasets.bar.borderWidth = 0;
Chart.defaults.datasets.line.pointRadius = 0;
Chart.defaults.datasets.line.borderWidth = 1.5;

/** A colour by its name in style.css, as the theme has it now. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

function faint(name) {
  return colour(name) + '55';
}

/** Brings the library's own texts and lines in tune with the theme. */
function applyTheme() {
  Chart.defaults.color = colour('quiet');
  Chart.defaults.borderColor = colour('line');
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  Chart.defaults.plugins.tooltip.backgroundColor = colour('text');
  Chart.defaults.plugins.tooltip.titleColor = colour('page');
  Chart.defaults.plugins.tooltip.bodyColor = colour('page');
  Chart.defaults.plugins.tooltip.footerColor = colour('page');
}

/** The canvases of one card; those of before are given up. */
class Drawing {
  constructor(box) {
    this.box = box;
    this.charts = [];
  }

  clear() {
    this.charts.forEach((chart) => chart.destroy());
    this.charts = [];
    this.box.replaceChildren();
  }

  add(height, label, config, box = this.box) {
    const canvas = element('canvas', { role: 'img', 'aria-label': visible(label) });
    const holder = element('div', { class: 'canvas' }, canvas);
    holder.style.height = height + 'px';
    box.append(holder);
    const chart = new Chart(canvas, config);
    this.charts.push(chart);
    return chart;
  }

  /** Elements beside canvases: small tables, captions, boxes for more canvases. */
  addElement(...elements) {
    this.box.append(...elements);
  }
}

/** Round steps of time for axes, as far as a day. */
const TIME_STEPS = [100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000,
  3_600_000, 7_200_000, 14_400_000, 21_600_000, 43_200_000, 86_400_000];

function roundStep(span, most) {
  return TIME_STEPS.find((step) => span / step <= most) || Math.ceil(span / most / 86_400_000) * 86_400_000;
}

/** An axis of UTC times, with marks at round ones. */
function timeAxis(from, until) {
  const step = roundStep(until - from, 6);
  return {
    type: 'linear',
    min: from,
    max: until,
    grid: { display: false },
    afterBuildTicks: (axis) => {
      axis.ticks = [];
      for (let at = Math.ceil(from / step) * step; at <= until; at += step) {
        axis.ticks.push({ value: at });
      }
    },
    ticks: { autoSkip: true, maxRotation: 0, callback: (value) => (step % 86_400_000 === 0 ? new Date(value).toISOString().slice(0, 10) : clock(value, until - from)) }
  };
}

/** An axis of lengths of time with marks at powers of ten, and between these where it is short. */
function logAxis(title, from, until) {
  return {
    type: 'logarithmic',
    min: from,
    max: until,
    title: { display: title !== '', text: title },
    afterBuildTicks: (axis) => {
      axis.ticks = [];
      const digits = axis.max / axis.min > 50 ? [1] : [1, 2, 5];
      for (let power = Math.floor(Math.log10(axis.min)); 10 ** power <= axis.max * 1.0001; power++) {
        axis.ticks.push(...digits.map((digit) => ({ value: digit * 10 ** power })).filter(({ value }) => value >= axis.min && value <= axis.max * 1.0001));
      }
    },
    ticks: { maxRotation: 0, callback: powerLength }
  };
}

/** An axis of lengths of time from 0 on, with marks at round ones. */
function lengthAxis(title, longest) {
  const step = longest < 800 ? undefined : roundStep(longest, 7);
  return { beginAtZero: true, max: step && Math.ceil(longest / step) * step, title: { display: title !== '', text: title }, ticks: { stepSize: step, maxRotation: 0, callback: shortLength } };
}

/** The next round number, for axes that several charts share. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 5, 10].find((digit) => digit * power >= value) * power;
}

function valueAxis(title, callback, more = {}) {
  return {
    beginAtZero: true,
    title: { display: title !== '', text: title },
    ticks: { maxTicksLimit: 6, callback, ...(more.ticks || {}) },
    ...more.axis
  };
}

/** An axis of names; they are drawn, so nothing in them can be markup. */
function nameAxis(names, most = 36) {
  return {
    grid: { display: false },
    ticks: { autoSkip: false, color: colour('text'), callback: (_, i) => shortened(names[i], most) }
  };
}

/** All windows of a recording's time, also those in which nothing happened, joined until there are no more than wanted. */
function windowsOf(rows, most) {
  const all = [...CHARTED.values()].filter((table) => table.names.includes('width_ms') && table.all.length > 0).flatMap((table) => table.all);
  if (all.length === 0 || rows.length === 0) {
    return null;
  }
  const width = rows[0].width_ms;
  let from = Infinity;
  let until = -Infinity;
  for (const row of all) {
    from = Math.min(from, row.at_ms);
    until = Math.max(until, row.at_ms + Math.min(row.width_ms, width));
  }
  const joined = width * Math.max(1, Math.ceil((until - from) / width / most));
  const windows = Math.max(1, Math.ceil((until - from) / joined));
  return {
    from,
    until: from + windows * joined,
    width: joined,
    joins: joined / width,
    starts: Array.from({ length: windows }, (_, i) => from + i * joined),
    placeOf: (row) => Math.floor((row.at_ms - from) / joined)
  };
}

/** The sum of a column in each window. */
function perWindow(windows, rows, column) {
  const sums = windows.starts.map(() => 0);
  for (const row of rows) {
    const place = windows.placeOf(row);
    if (place >= 0 && place < sums.length) {
      sums[place] += row[column];
    }
  }
  return sums;
}

function windowTitle(windows) {
  return (items) => {
    const at = windows.starts[items[0].dataIndex];
    return clock(at, Math.min(windows.until - windows.from, 1_000_000)) + ' UTC, ' + shortLength(windows.width);
  };
}
