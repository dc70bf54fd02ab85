// Numbers and times for people, in the page's language.
import {language, t} from './text.js';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Binary units with three digits at most; an empty text for null. */
export function bytes(count) {
    if (count === null || count === undefined) {
        return '';
    }
    let value = count;
    let unit = 0;
    while (Math.abs(value) >= 1000 && unit < UNITS.length - 1) {
        value /= 1024;
        unit++;
    }
    return `${value.toLocaleString(language, {maximumFractionDigits: unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2})} ${UNITS[unit]}`;
}

export const speed = perSecond => perSecond ? `${bytes(perSecond)}/s` : '';

/** A time span as "1 h 5 min", "42 s". */
export function duration(seconds) {
    if (seconds === null || seconds === undefined) {
        return '';
    }
    const whole = Math.max(0, Math.round(seconds));
    const parts = [[Math.floor(whole / 86400), 'day'], [Math.floor(whole / 3600) % 24, 'hour'], [Math.floor(whole / 60) % 60, 'minute'], [whole % 60, 'second']];
    const first = Math.max(0, Math.min(3, parts.findIndex(([count]) => count > 0) === -1 ? 3 : parts.findIndex(([count]) => count > 0)));
    return parts.slice(first, first + 2).filter(([count], at) => count > 0 || at === 0)
        .map(([count, unit]) => count.toLocaleString(language, {style: 'unit', unit, unitDisplay: 'short'})).join(' ');
}

const STEPS = [[60, 'second', 1], [3600, 'minute', 60], [86400, 'hour', 3600], [Infinity, 'day', 86400]];

/** "3 minutes ago"; times within ten seconds are "now". */
export function relative(time, now = Date.now()) {
    const seconds = (new Date(time).getTime() - now) / 1000;
    if (Math.abs(seconds) < 10) {
        return t('time.now');
    }
    const [, unit, size] = STEPS.find(([most]) => Math.abs(seconds) < most);
    return new Intl.RelativeTimeFormat(language, {numeric: 'auto', style: 'short'}).format(Math.round(seconds / size), unit);
}

export const exact = time => new Date(time).toLocaleString(language, {dateStyle: 'medium', timeStyle: 'medium'});
export const number = count => Number(count).toLocaleString(language);
/** Lists are counted up to 1,000. */
export const count = many => many >= 1000 ? `${number(1000)}+` : number(many);

/** A sentence of the server with its times as people here read them. */
export const local = sentence => sentence?.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, exact);

/** A moment as a field for date and time takes it: by this device's clock, to the minute. */
export const forField = time => time ? new Date(new Date(time).getTime() - new Date(time).getTimezoneOffset() * 60000).toISOString().slice(0, 16) : '';
