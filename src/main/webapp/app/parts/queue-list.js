// The list behind the table: which downloads fit the filter, in the order that they are shown. It stays while another page is looked at.
import {get} from '../core/api.js';
import {downloads, isLater, stateOf} from '../core/downloads.js';
import {live} from '../core/live.js';
import {session} from '../core/session.js';
import {fits, inOrder, isBefore, isRunning, pathOf, queryOf} from './queue-filter.js';

const PAGE = 100;
/** So many rows are asked for again; those beyond them stay as they are known. */
const MOST_AGAIN = 400;
/** Milliseconds between two looks at the figures while downloads come and go. */
const PAUSE = 3000;

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
    #shown = false;
    #countedAt = 0;
    #loadedAt = 0;
    #frame = 0;
    #timer = null;

    constructor() {
        super();
        // Asked where there is too much: a list that nobody sees begins anew when it is opened.
        downloads.hold(() => this.#shown ? this.#members : this.#forget());
        downloads.addEventListener('change', event => this.#note(event.detail));
        downloads.addEventListener('gone', event => this.#note(event.detail));
        downloads.addEventListener('snapshot', event => this.#snapshot(event.detail));
        session.addEventListener('change', () => session.state !== 'in' && this.#forget());
    }

    /** Shows what fits `{state, q, all}`: anew for another filter, else what it had, brought up to date. */
    open(filter) {
        const same = JSON.stringify(filter) === JSON.stringify(this.filter);
        live.follow(filter.all ? 'admin/events' : 'events');
        this.#shown = true;
        if (!same) {
            this.filter = filter;
            this.#clear();
        }
        this.load();
        this.count();
    }

    /** Nobody looks at it: what it has is brought up to date when it is opened again. */
    close() {
        this.#shown = false;
        live.follow('events');
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

    /** Asks for the rail's figures; those of another filter at once. */
    async count() {
        clearTimeout(this.#timer);
        [this.#timer, this.#countedAt] = [null, Date.now()];
        const {filter} = this;
        // Where they cannot be had the old ones stay: the list itself says what is wrong.
        const counts = await get(`${pathOf(filter)}/counts`).catch(() => null);
        if (counts && filter === this.filter) {
            this.counts = counts;
            this.#tell();
        }
    }

    #countSoon() {
        this.#timer ??= setTimeout(() => {
            this.#timer = null;
            if (this.#shown && this.filter) {
                this.count();
            }
        }, Math.max(800, this.#countedAt + PAUSE - Date.now()));
    }

    #get(query) {
        return get(pathOf(this.filter), {...queryOf(this.filter), ...query});
    }

    /** Takes what was found in place of what was there, down to where the last page ends. */
    #renew(found, last) {
        const end = last.pagination.nextCursor ? last.downloads.at(-1) : null;
        const beyond = end ? [...this.#members].filter(id => this.#reaches(downloads.get(id)) && isBefore(end, downloads.get(id))) : [];
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

    /** Whether the list was asked for down to where a download stands. */
    #reaches(download) {
        return Boolean(download) && this.#oldest !== null && !isLater(this.#oldest, download.createdAt);
    }

    /** Puts it in or out; whether the order changes by it. */
    #place(id, download) {
        const state = download ? stateOf(download) : 'gone';
        if (this.#states.get(id) !== state) {
            this.#states.set(id, state);
            this.#countSoon();
        }
        const had = this.#members.has(id);
        const belongs = Boolean(download) && fits(this.filter, download) && (had || isRunning(download) || this.#reaches(download));
        if (belongs) {
            this.#members.add(id);
        } else {
            this.#members.delete(id);
        }
        return belongs !== had || this.#running.has(id) !== isRunning(download);
    }

    /** Each connection begins with one: after a gap the list may have missed more than it tells. */
    #snapshot(ids) {
        this.#note(ids);
        if (this.#shown && Date.now() - this.#loadedAt > 3000 && !this.loading) {
            this.load();
            this.count();
        }
    }

    #clear() {
        this.#members.clear();
        [this.order, this.cursor, this.#oldest] = [[], null, ''];
    }

    #forget() {
        this.#turn++;
        [this.filter, this.counts] = [null, null];
        this.#clear();
        return this.#members;
    }

    #tell() {
        this.dispatchEvent(new Event('change'));
    }
}

export const list = new QueueList();
