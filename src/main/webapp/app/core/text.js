// What the page says, in the user's language. A text is a line with {names}, or {one, other} by its number `n`.
/** Pages add theirs by `need`, so that nobody fetches texts of pages that are not looked at. */
const areas = new Set(['shell']);
export const LANGUAGES = ['en', 'de'];

let texts = {};
let plural = new Intl.PluralRules('en');
export let language = 'en';

/** One at a time: an area that comes while the language changes is neither lost nor in the wrong one. */
let turn = Promise.resolve();
const inTurn = work => { turn = turn.catch(() => {}).then(work); return turn; };

async function load(wanted) {
    const modules = await Promise.all(wanted.map(area => import(`../text/${language}/${area}.js`)));
    return Object.assign({}, ...modules.map(module => module.default));
}

/** Loads the texts of a language, or of the browser's for `auto`. English stands in for what a language lacks. */
export const speak = wanted => inTurn(async () => {
    const found = wanted && wanted !== 'auto' ? wanted : navigator.languages.map(each => each.slice(0, 2)).find(each => LANGUAGES.includes(each));
    language = LANGUAGES.includes(found) ? found : 'en';
    texts = await load([...areas]);
    plural = new Intl.PluralRules(language);
    document.documentElement.lang = language;
});

/** More texts: the module of a page awaits them before it says anything. */
export const need = (...more) => inTurn(async () => {
    const missing = more.filter(area => !areas.has(area));
    Object.assign(texts, await load(missing));
    missing.forEach(area => areas.add(area));
});

/** The text of a key; a key without one shows itself, which a test looks for. */
export function t(key, values = {}) {
    let text = texts[key];
    if (text === undefined) {
        return key;
    }
    if (typeof text !== 'string') {
        text = text[plural.select(values.n)] ?? text.other;
    }
    return text.replace(/\{(\w+)\}/g, (whole, name) => typeof values[name] === 'number' ? values[name].toLocaleString(language) : values[name] ?? whole);
}

/** Whether there is a text for the key: for words of the server that may be newer than the page. */
export const knows = key => texts[key] !== undefined;
