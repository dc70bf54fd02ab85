// What a person pasted, as the lines that are sent: links and ids out of any text.
const LINK = /(?:steam|https?):\/\/[^\s"'<>\\^`{|}]+|(?<![\w/.])(?:www\.)?steamcommunity\.com\/[^\s"'<>\\^`{|}]+/gi;
const ID = /^[1-9][0-9]{0,19}$/;
const IDS_INSIDE = /(?<![\w.])[1-9][0-9]{6,19}(?![\w.])/g;

/** Sentences end behind a link, and brackets close: neither belongs to it. */
const trimmed = link => link.replace(/&amp;/g, '&').replace(/[.,;:!?)\]]+$/, '');

const withScheme = link => /^[a-z]+:/i.test(link) ? link : `https://${link}`;

/**
 * The entries of a text, and how many of its lines named nothing. A line of one word is an entry whatever it is, so that
 * the server can say what is wrong with it; of a line of prose only the links and what looks like an id are taken.
 */
export function linesOf(text) {
    const entries = [];
    let skipped = 0;
    for (const line of text.split(/[\r\n\u2028\u2029]+/).map(each => each.trim()).filter(Boolean)) {
        const found = entriesOf(line);
        entries.push(...found);
        skipped += found.length === 0 ? 1 : 0;
    }
    if (entries.length === 0 && text.trim()) {
        return {entries: text.split(/\n/).map(each => each.trim().slice(0, 2048)).filter(Boolean).slice(0, 3), skipped: 0};
    }
    return {entries, skipped};
}

function entriesOf(line) {
    const links = line.match(LINK);
    if (links) {
        return links.map(trimmed).map(withScheme);
    }
    const words = line.split(/[\s,;]+/).filter(Boolean);
    if (words.every(word => ID.test(word)) || words.length === 1) {
        return words;
    }
    return line.match(IDS_INSIDE) ?? [];
}

/** Parts of at most `most` entries and about 200 kB, because the server takes no larger body. */
export function chunks(items, most, bytes = 200_000) {
    const parts = [];
    let part = null;
    let size = Infinity;
    for (const item of items) {
        const length = JSON.stringify(item).length * 1.5 + 1;
        if (!part || part.length === most || size + length > bytes) {
            part = [];
            parts.push(part);
            size = 0;
        }
        part.push(item);
        size += length;
    }
    return parts;
}

/** A text that no other call has: also without HTTPS, where browsers give no random UUID. */
export const idempotencyKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
