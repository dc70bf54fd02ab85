// What this tab knows of downloads: one object each, kept current by the event stream. Lists hold ids.
import {live} from './live.js';
import {sentenceOf} from './toasts.js';

/** A time of the server as a text that sorts: its fraction of a second has as many digits as it needs, or none. */
const sortable = time => time.replace('Z', time.includes('.') ? '' : '.').padEnd(29, '0');
/** Whether time `a` of the server is after `b`. */
export const isLater = (a, b) => a.length === b.length ? a > b : sortable(a) > sortable(b);

const MOST = 2000;

class Downloads extends EventTarget {
    #known = new Map();
    #shown = new Set();
    #full = MOST;
    #soon = null;

    constructor() {
        super();
        live.addEventListener('snapshot', event => {
            event.detail.downloads.forEach(download => this.#keep(download));
            this.#tell('snapshot', event.detail.downloads.map(each => each.id));
        });
        live.addEventListener('download', event => this.put(event.detail));
        live.addEventListener('progress', event => this.progress(event.detail.id, event.detail));
    }

    get(id) {
        return this.#known.get(id);
    }

    all() {
        return [...this.#known.values()];
    }

    /** Takes what an answer or an event says of one; an older state than the known one is left. Tells `change` with its ids. */
    put(...downloads) {
        const changed = downloads.filter(download => this.#keep(download)).map(download => download.id);
        if (changed.length) {
            this.#tell('change', changed);
        }
    }

    /** `ids` gives what a list shows, which is not let go; gives a function that ends this. */
    hold(ids) {
        this.#shown.add(ids);
        return () => this.#shown.delete(ids);
    }

    /** A page that is open all day hears of thousands: of what is over and nobody shows, the first heard of goes. */
    #letGo() {
        const held = new Set([...this.#shown].flatMap(ids => [...ids()]));
        const over = [...this.#known.values()].filter(each => !each.pending && !['queued', 'running'].includes(each.status) && !held.has(each.id));
        over.slice(0, MOST / 2).forEach(({id}) => this.#known.delete(id));
        this.#full = Math.max(MOST, this.#known.size + MOST / 4);
    }

    /** Whoever comes next must not see what the last user had. */
    clear() {
        const ids = [...this.#known.keys()];
        this.#known.clear();
        this.#tell('gone', ids);
    }

    forget(id) {
        this.#known.delete(id);
        this.#tell('gone', [id]);
    }

    /**
     * Shows `changes` until `work` has ended: then what it gave, or else what was before or came meanwhile, with the sentence of the
     * refusal as `refused`. The server has the last word.
     */
    async optimistic(id, changes, work) {
        const before = this.#known.get(id);
        const shown = {...before, ...changes, pending: true};
        this.#known.set(id, shown);
        this.#tell('change', [id]);
        // What was forgotten meanwhile, as at a logout, is not put back.
        const end = after => this.#known.get(id) === shown ? this.#known.set(id, after) : after && this.#known.has(id) && this.#keep(after);
        try {
            const after = await work();
            end(after ?? before);
            return after;
        } catch (problem) {
            end(before);
            if (this.#known.has(id)) {
                this.#known.set(id, {...this.#known.get(id), refused: sentenceOf(problem)});
            }
            throw problem;
        } finally {
            this.#tell('change', [id]);
        }
    }

    #keep(download) {
        const known = this.#known.get(download.id);
        if (known && isLater(known.updatedAt, download.updatedAt)) {
            return false;
        }
        this.#known.set(download.id, download);
        if (this.#known.size > this.#full) {
            this.#soon ??= setTimeout(() => { this.#soon = null; this.#letGo(); }, 1000);
        }
        return true;
    }

    /** How far a running one is. */
    progress(id, {percent, bytesDone, bytesTotal, bytesPerSecond, etaSeconds}) {
        const known = this.#known.get(id);
        if (known && known.status === 'running') {
            this.#known.set(id, {...known, progress: percent, bytesDone, bytesTotal, bytesPerSecond, etaSeconds});
            this.#tell('change', [id]);
        }
    }

    #tell(type, ids) {
        this.dispatchEvent(new CustomEvent(type, {detail: ids}));
    }
}

export const downloads = new Downloads();

/** The state a person thinks in: one word more than the five of the API. */
export function stateOf(download) {
    if (download.phase === 'needs_input') {
        return 'needsInput';
    }
    return download.status === 'queued' ? 'waiting' : download.status;
}

/** The states of the rail, in its order, with the filter of each. */
export const STATES = {
    all: {},
    waiting: {status: 'queued'},
    running: {status: 'running'},
    needsInput: {needsInput: true},
    success: {status: 'success'},
    failed: {status: 'failed'},
    canceled: {status: 'canceled'},
};
