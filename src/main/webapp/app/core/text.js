// What the page says, in the user's language. A text is a line with {names}, or {one, other} by its number `n`.
const AREAS = ['shell', 'queue', 'admin'];
export const LANGUAGES = ['en', 'de'];

let texts = {};
let plural = new Intl.PluralRules('en');
export let language = 'en';

/** Loads the texts of a language, or of the browser's for `auto`. English stands in for what a language lacks. */
export async function speak(wanted) {
    const found = wanted && wanted !== 'auto' ? wanted : navigator.languages.map(each => each.slice(0, 2)).find(each => LANGUAGES.includes(each));
    language = LANGUAGES.includes(found) ? found : 'en';
    const modules = await Promise.all(AREAS.map(area => import(`../text/${language}/${area}.js`)));
    texts = Object.assign({}, ...modules.map(module => module.default));
    plural = new Intl.PluralRules(language);
    document.documentElement.lang = language;
}

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
