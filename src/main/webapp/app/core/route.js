// Where the user is: #/page/id?filter=… — behind the hash, so that the page works below every context path and proxy.
/** Somebody may have written anything there. */
const decoded = part => {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
};

class Route extends EventTarget {
    path = [];
    query = new URLSearchParams();

    constructor() {
        super();
        addEventListener('hashchange', () => this.#read());
        this.#read();
    }

    #read() {
        const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
        this.path = path.split('/').filter(Boolean).map(decoded);
        this.query = new URLSearchParams(query ?? '');
        this.dispatchEvent(new Event('change'));
    }

    /** The page's name; the queue is the first. */
    get page() {
        return this.path[0] ?? 'queue';
    }

    href(path, query = {}) {
        const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== ''));
        const text = search.toString();
        return `#/${path}${text ? `?${text}` : ''}`;
    }

    go(path, query) {
        location.hash = this.href(path, query);
    }

    /** Changes the filter in the address without a step in the history. */
    filter(changes) {
        const query = Object.fromEntries(this.query);
        Object.assign(query, changes);
        history.replaceState(null, '', this.href(this.path.join('/') || 'queue', query));
        this.#read();
    }
}

export const route = new Route();
