// Style sheets that only some pages want, each linked once. A page awaits its own before it is drawn.
const sheets = new Map();

/** Resolves when the sheet is there, or cannot be: a page without its looks is better than none. */
export function sheet(name) {
    if (!sheets.has(name)) {
        sheets.set(name, new Promise(resolve => {
            document.head.append(Object.assign(document.createElement('link'), {rel: 'stylesheet', href: new URL(`../${name}.css`, import.meta.url).href, onload: resolve, onerror: resolve}));
        }));
    }
    return sheets.get(name);
}
