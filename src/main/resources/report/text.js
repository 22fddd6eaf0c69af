'use strict';

/* How things are written, and the one way in which text gets into the page: as text. */

const NOTHING = '–';

/** What would steer the text around it: controls, line separators, marks that turn the direction of writing. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A name as it may be shown: with nothing in it that is obeyed. */
function visible(text) {
  return String(text).replace(CONTROLS, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
}

/** Without its middle: names of one owner begin alike, and actions of one kind end alike. */
function shortened(text, length) {
  const characters = [...visible(text)];
  if (characters.length <= length) {
    return characters.join('');
  }
  const tail = Math.floor((length - 1) / 2);
  return characters.slice(0, length - 1 - tail).join('') + '…' + characters.slice(-tail).join('');
}

/** An element with attributes, and with children that are elements or texts. */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) {
      made.addEventListener(name.slice(2), value);
    } else if (value === true) {
      made.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A name of somebody's, on its own direction of writing, shortened with the whole of it as title. */
function nameElement(text, length = 60) {
  const short = shortened(text, length);
  return element('bdi', { class: 'name', title: short === visible(text) ? null : visible(text) }, short);
}

function count(number) {
  return number.toLocaleString('en', { maximumFractionDigits: 0 });
}

function counted(number, one, many) {
  return count(number) + ' ' + (number === 1 ? one : many);
}

function percent(share) {
  if (share > 0 && share < 0.001) {
    return '< 0.1\u00a0%';
  }
  return (100 * share).toLocaleString('en', { maximumFractionDigits: Math.abs(share) < 0.1 ? 1 : 0 }) + '\u00a0%';
}

function two(number) {
  return String(number).padStart(2, '0');
}

/** A length of time in the unit that suits it. */
function length(ms) {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) {
    return NOTHING;
  }
  const size = Math.abs(ms);
  const sign = ms < 0 ? '-' : '';
  if (size < 1000) {
    return sign + size.toLocaleString('en', { maximumFractionDigits: size < 10 ? 1 : 0 }) + ' ms';
  }
  if (size < 60_000) {
    return sign + (size / 1000).toLocaleString('en', { maximumFractionDigits: size < 10_000 ? 2 : 1 }) + ' s';
  }
  const seconds = Math.floor(size / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return sign + minutes + ' min ' + two(seconds % 60) + ' s';
  }
  const hours = Math.floor(minutes / 60);
  return sign + (hours < 72 ? hours + ' h ' + two(minutes % 60) + ' min' : count(hours / 24) + ' d');
}

/** A name as a shell takes it. */
function quoted(name) {
  return /^[\w./-]+$/.test(name) ? name : "'" + name.replaceAll("'", "'\\''") + "'";
}

/** The same length where there is little room: a value on an axis, in one unit. */
function shortLength(ms) {
  const plain = (value) => value.toLocaleString('en', { maximumSignificantDigits: 3 });
  for (const [unit, size] of [['h', 3_600_000], ['min', 60_000], ['s', 1000]]) {
    if (Math.abs(ms) >= size && (unit === 's' || ms % size === 0 || ms >= 10 * size)) {
      return plain(ms / size) + ' ' + unit;
    }
  }
  return plain(ms) + ' ms';
}

/** A power of ten on an axis of lengths: whole minutes are no powers of ten. */
function powerLength(ms) {
  return ms < 1 ? '< 1 ms' : ms < 1000 ? count(ms) + ' ms' : count(ms / 1000) + ' s';
}

/** UTC, with as much of the day as a span of time needs. */
function clock(ms, span) {
  const time = new Date(ms);
  if (Number.isNaN(time.getTime())) {
    return NOTHING;
  }
  const text = time.toISOString();
  if (span < 10_000) {
    return text.slice(11, 23);
  }
  return span < 1_800_000 ? text.slice(11, 19) : span < 172_800_000 ? text.slice(11, 16) : text.slice(5, 10) + ' ' + text.slice(11, 16);
}

/** A value of a table, by what its column's name says about the unit. */
function cellText(column, value) {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  if (typeof value !== 'number') {
    return visible(value);
  }
  if (/_share$/.test(column)) {
    return percent(value);
  }
  if (/(^|_)at_ms$/.test(column)) {
    const time = new Date(value);
    return Number.isNaN(time.getTime()) ? String(value) : time.toISOString();
  }
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 1 ? 4 : 2 });
}
