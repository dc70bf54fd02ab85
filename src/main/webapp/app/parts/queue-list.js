// The list behind the table: which downloads fit the filter, in the order that they are shown. It stays while another page is looked at.
import {get} from '../core/api.js';
import {downloads, stateOf} from '../core/downloads.js';
import {live} from '../core/live.js';
import {session} from '../core/session.js';
import {fits, inOrder, isBefore, isRunning, pathOf, queryOf} from './queue-filter.js';

const PAGE = 100;
/** So many rows are asked for again; those beyond them stay as they are known. */
const MOST_AGAIN = 400;

class QueueList extends EventTarget {
    /** Ids, running ones first, then the newest first. */
    order = [];
    counts = null;
    problem = null;
    /** Whether the first page is on its way. */
    loading = false;
    cursor = null;
    filter = null;
    #members = new Set();
    #running = new Set();
    #states = new Map();
    #changed = new Set();
    #oldest = null;
    #turn = 0;
    #busy = false;
    #loadedAt = 0;
    #frame = 0;
    #timers = {};

    constructor() {
        super();
        downloads.addEventListener('change', event => this.#note(event.detail));
        downloads.addEventListener('gone', event => this.#note(event.detail));
        downloads.addEventListener('snapshot', event => this.#snapshot(event.detail));
        session.addEventListener('change', () => session.state !== 'in' && this.#forget());
    }

    /** Shows what fits `{state, q, all}`: anew for another filter, else what it had, brought up to date. */
    open(filter) {
        const same = JSON.stringify(filter) === JSON.stringify(this.filter);
        live.follow(filter.all ? 'admin/events' : 'events');
        if (!same) {
            this.filter = filter;
            this.#clear();
        }
        this.load();
        this.count();
    }

    /** From the first page on; as many rows as there were, when there were some. */
    async load() {
        const turn = ++this.#turn;
        this.loading = this.order.length === 0;
        this.problem = null;
        this.#tell();
        try {
            const wanted = Math.min(this.#members.size, MOST_AGAIN);
            const [running, first] = await Promise.all([this.filter.state === 'all' ? this.#get({status: 'running', limit: 200}) : null, this.#get({limit: PAGE})]);
            const pages = [first];
            let found = first.downloads.length;
            while (pages.at(-1).pagination.nextCursor && found < wanted) {
                pages.push(await this.#get({limit: 200, after: pages.at(-1).pagination.nextCursor}));
                found += pages.at(-1).downloads.length;
            }
            if (turn === this.#turn) {
                this.#renew([running ?? [], ...pages].flatMap(page => page.downloads ?? []), pages.at(-1));
            }
        } catch (problem) {
            this.problem = turn === this.#turn ? problem : this.problem;
        }
        this.loading &&= turn !== this.#turn;
        this.#loadedAt = Date.now();
        this.#tell();
    }

    /** The next page, unless it is on its way. */
    async next() {
        if (!this.cursor || this.#busy || this.problem) {
            return;
        }
        const turn = this.#turn;
        this.#busy = true;
        try {
            const page = await this.#get({limit: PAGE * 2, after: this.cursor});
            if (turn === this.#turn) {
                this.#take(page.downloads);
                this.#end(page);
                this.#sort();
            }
        } catch (problem) {
            this.problem = turn === this.#turn ? problem : this.problem;
        } finally {
            this.#busy = false;
            this.#tell();
        }
    }

    /** Asks for the rail's figures, soon. */
    count(after = 0) {
        this.#later('count', after, async () => {
            // Where they cannot be had the old ones stay: the list itself says what is wrong.
            this.counts = await get(`${pathOf(this.filter)}/counts`).catch(() => this.counts);
            this.#tell();
        });
    }

    #get(query) {
        return get(pathOf(this.filter), {...queryOf(this.filter), ...query});
    }

    /** Takes what was found in place of what was there, down to where the last page ends. */
    #renew(found, last) {
        const end = last.pagination.nextCursor ? last.downloads.at(-1) : null;
        const beyond = end ? [...this.#members].filter(id => downloads.get(id)?.createdAt >= this.#oldest && isBefore(end, downloads.get(id))) : [];
        this.#members.clear();
        this.#take(found);
        if (beyond.length) {
            beyond.forEach(id => this.#members.add(id));
        } else {
            this.#end(last);
        }
        this.#sort();
    }

    #take(found) {
        downloads.put(...found);
        for (const {id} of found) {
            this.#states.set(id, stateOf(downloads.get(id)));
            // What is known of it may be newer than the list.
            if (fits(this.filter, downloads.get(id))) {
                this.#members.add(id);
            }
        }
    }

    #end({downloads: found, pagination}) {
        this.cursor = pagination.nextCursor;
        this.#oldest = this.cursor ? found.at(-1).createdAt : '';
    }

    #sort() {
        this.order = inOrder(this.#members);
        this.#running = new Set(this.order.filter(id => isRunning(downloads.get(id))));
    }

    /** Many changes at once are one look, at most one a frame. */
    #note(ids) {
        ids.forEach(id => this.#changed.add(id));
        if (this.filter && !this.#frame) {
            this.#frame = requestAnimationFrame(() => {
                this.#frame = 0;
                this.#settle();
            });
        }
    }

    #settle() {
        const ids = [...this.#changed];
        this.#changed.clear();
        let moved = false;
        for (const id of ids) {
            moved = this.#place(id, downloads.get(id)) || moved;
        }
        if (moved) {
            this.#sort();
        }
        this.#tell();
    }

    /** Puts it in or out; whether the order changes by it. */
    #place(id, download) {
        const state = download ? stateOf(download) : 'gone';
        if (this.#states.get(id) !== state) {
            this.#states.set(id, state);
            this.count(800);
        }
        const had = this.#members.has(id);
        const belongs = Boolean(download) && fits(this.filter, download) && (had || isRunning(download) || download.createdAt >= this.#oldest);
        if (belongs) {
            this.#members.add(id);
        } else {
            this.#members.delete(id);
        }
        return belongs !== had || this.#running.has(id) !== isRunning(download);
    }

    /** Each connection begins with one: after a gap the list may have missed more than it tells. */
    #snapshot(ids) {
        if (!this.filter) {
            return;
        }
        this.#note(ids);
        if (Date.now() - this.#loadedAt > 3000 && !this.loading) {
            this.load();
            this.count();
        }
    }

    #later(name, after, work) {
        this.#timers[name] ??= setTimeout(() => {
            this.#timers[name] = null;
            if (this.filter) {
                work();
            }
        }, after);
    }

    #clear() {
        this.#members.clear();
        [this.order, this.cursor, this.#oldest] = [[], null, ''];
    }

    #forget() {
        this.#turn++;
        [this.filter, this.counts] = [null, null];
        this.#clear();
    }

    #tell() {
        this.dispatchEvent(new Event('change'));
    }
}

export const list = new QueueList();
