// The queue: what waits, runs and is done, as one table that stays still while things change.
import {html, nothing, repeat} from '../vendor/lit.js';
import {curl} from '../core/api.js';
import {downloads, STATES} from '../core/downloads.js';
import {Element} from '../core/element.js';
import {count} from '../core/format.js';
import {keys} from '../core/keys.js';
import {owners} from '../core/owners.js';
import {route} from '../core/route.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {act} from '../core/toasts.js';
import {change, mayWrite} from '../parts/actions.js';
import '../parts/dialogs.js';
import {bulkBar, columns} from '../parts/queue-head.js';
import {list} from '../parts/queue-list.js';
import {row} from '../parts/queue-row.js';
import {nothingYet} from '../parts/queue-empty.js';
import '../parts/queue-paused.js';
import {Selection} from '../parts/selection.js';
import {empty, fault} from '../parts/small.js';
import {VirtualRows} from '../parts/virtual.js';

await Promise.all([need('queue'), sheet('queue')]);

/** Where the table was left, for who comes back from a download's page. */
let left = null;

class Queue extends Element {
    #rows = new VirtualRows(this, () => list.next());
    #chosen = new Selection(list);
    #current = null;
    #before = null;
    #unbind = () => {};
    #typing = null;
    #y = 0;

    connectedCallback() {
        super.connectedCallback();
        this.watch(list, 'change', () => this.#listChanged());
        this.watch(owners, 'change');
        this.watch(session, 'change');
        this.watch(route, 'change', () => this.#open());
        this.watch(window, ['scroll', 'resize'], () => this.#scrolled());
        this.every(30000, () => this.requestUpdate());
        // No event tells of what somebody deleted.
        this.every(60000, () => list.load());
        this.#unbind = keys.bind({
            '/': {text: 'keys.search', run: () => this.querySelector('[type=search]').focus()},
            j: {text: 'keys.down', run: () => this.#move(1)},
            k: {text: 'keys.up', run: () => this.#move(-1)},
            x: {text: 'keys.select', run: () => this.#pick(this.#current, false)},
            r: {text: 'keys.retry', run: () => this.#bulk('retry', true)},
        });
        this.#open();
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#unbind();
        left = {filter: JSON.stringify(list.filter), y: this.#y, current: this.#current};
        list.close();
    }

    #open() {
        if (route.page !== 'queue') {
            return;
        }
        const asked = route.query.get('add');
        if (asked !== null) {
            route.filter({add: null});
            if (mayWrite()) {
                act(() => import('../parts/add.js')).then(adding => adding?.openAdd(asked));
            }
            return;
        }
        const state = route.query.get('state');
        const filter = {state: STATES[state] ? state : 'all', q: route.query.get('q') ?? '', all: session.isAdmin && route.query.get('of') === 'all'};
        const text = JSON.stringify(filter);
        if (text !== JSON.stringify(list.filter)) {
            this.#chosen.clear();
        }
        left = left?.filter === text ? left : null;
        list.open(filter);
        this.requestUpdate();
    }

    #scrolled() {
        // The address changes before this page goes, and the next one begins at its top.
        this.#y = route.page === 'queue' ? scrollY : this.#y;
        if (this.#rows.look(list.order.length)) {
            this.requestUpdate();
        }
    }

    render() {
        const {filter} = list;
        return filter ? html`
            <div class="head"><h1>${t('page.queue')}</h1>
                ${!filter.all ? html`<a href="#/batches">${t('page.batches')}</a>` : nothing}
                ${session.isAdmin ? html`<div class="choice" role="group" aria-label=${t('queue.whose')}>${[['', 'mine'], ['all', 'everybody']].map(([of, name]) => html`
                    <button type="button" class="small ${filter.all === (of === 'all') ? '' : 'secondary outline'}" aria-pressed=${filter.all === (of === 'all')} @click=${() => route.filter({of})}>${t(`queue.${name}`)}</button>`)}</div>` : nothing}
                <label class="search"><span class="unseen">${t('queue.search')}</span><input type="search" placeholder=${t('queue.search')} .value=${filter.q} @input=${event => this.#search(event.target)}
                    @keydown=${event => event.key === 'Escape' && event.target.blur()}></label></div>
            <ww-paused></ww-paused>
            <div class="queue"><nav class="rail" aria-label=${t('queue.states')}>${Object.keys(STATES).map(state => html`
                <a class="${state} ${list.counts?.[state] ? 'some' : ''}" href=${route.href('queue', {...Object.fromEntries(route.query), state: state === 'all' ? null : state})} aria-current=${filter.state === state ? 'true' : nothing}>
                    <span>${t(`state.${state}`)}</span><b class="live-figure">${list.counts ? count(list.counts[state]) : ''}</b></a>`)}</nav>
            <section class="list">${this.#content(filter)}</section></div>
            <ww-api-call .lines=${this.#calls(filter)}></ww-api-call>` : nothing;
    }

    #calls(filter) {
        return [[t('queue.curl.list'), curl('GET', filter.all ? 'admin/downloads' : 'downloads', {query: {...STATES[filter.state], q: filter.q}})],
            [t('queue.curl.add'), curl('POST', 'downloads', {body: {urlOrId: '3000000000'}})], [t('queue.curl.follow'), curl('GET', filter.all ? 'admin/events' : 'events').replace('-s', '-N')]];
    }

    #content(filter) {
        const total = list.order.length;
        if (total === 0) {
            return list.problem ? this.#fault() : list.loading ? html`<p aria-busy="true">${t('shell.loading')}</p>` : this.#nothing(filter);
        }
        // One that was deleted this moment is known no more, but still in the order.
        const shown = list.order.slice(this.#rows.first, this.#rows.last).filter(id => downloads.get(id));
        // Tab always finds one row, also when the one where the keyboard was is out of sight.
        const current = shown.includes(this.#current) ? this.#current : shown[0];
        return html`<div class="grid ${filter.all ? 'everybody' : ''}" role="grid" aria-multiselectable="true" aria-label=${t('page.queue')} aria-rowcount=${list.cursor ? -1 : total + 1}>
            <div class="columns" role="row" aria-rowindex="1">${this.#chosen.size ? bulkBar(this.#chosen, list.order.length, {all: event => this.#all(event), run: action => this.#bulk(action)}) : columns(filter.all, event => this.#all(event))}</div>
            <div class="rows" role="rowgroup"><div class="drawn" role="presentation">${repeat(shown, id => id, (id, at) => row(downloads.get(id), {
                index: this.#rows.first + at, selected: this.#chosen.has(id), current: id === current, everybody: filter.all,
                pick: event => this.#pick(id, event.shiftKey), pressed: event => this.#pressed(event, id), focused: () => this.#enter(id)}))}</div></div></div>
            <p class="more" role="status" aria-busy=${list.cursor && !list.problem ? 'true' : nothing}>${list.problem ? this.#fault() : list.cursor ? t('shell.loading') : t('queue.end', {n: total})}</p>`;
    }

    #fault() {
        return html`${fault(list.problem)}<button type="button" class="secondary small" @click=${() => list.load()}>${t('action.again')}</button>`;
    }

    #nothing(filter) {
        if (filter.state === 'all' && !filter.q) {
            return nothingYet();
        }
        return empty(t(filter.q ? 'queue.none.found' : `queue.none.${filter.state}`, {q: filter.q}), t(filter.q ? 'queue.none.found.hint' : 'queue.none.hint'), html`<a href="#/queue${filter.all ? '?of=all' : ''}">${t('queue.none.all')}</a>`);
    }

    #search(field) {
        clearTimeout(this.#typing);
        this.#typing = setTimeout(() => route.filter({q: field.value}), 250);
    }

    /** What stays above the rows while one scrolls. */
    get #above() {
        return (document.querySelector('header.top')?.offsetHeight ?? 0) + (this.querySelector('.columns')?.offsetHeight ?? 0);
    }

    #listChanged() {
        this.#chosen.keep();
        this.requestUpdate();
    }

    /** Rows that come and go above leave those in sight where they are, and the keyboard where it is. */
    willUpdate() {
        this.#before = {focus: document.activeElement?.closest('.row') ? document.activeElement : null, shown: this.shown ?? [], at: this.#rows.seen(this.#above)};
        this.#rows.look(list.order.length);
    }

    updated() {
        const {focus, shown, at} = this.#before;
        this.#rows.place(list.order.length);
        if (shown !== list.order && at !== null && shown.length) {
            const moves = shown.slice(at, at + 7).map((id, index) => list.order.indexOf(id) - at - index).filter((move, index) => list.order.includes(shown[at + index])).sort((a, b) => a - b);
            const move = moves[moves.length >> 1] ?? 0;
            if (move) {
                scrollBy(0, move * this.#rows.height);
            }
        }
        this.shown = list.order;
        if (focus?.isConnected && document.activeElement !== focus) {
            focus.focus({preventScroll: true});
        }
        if (left?.filter === JSON.stringify(list.filter) && list.order.length) {
            this.#current = left.current;
            scrollTo(0, left.y);
            left = null;
        }
        document.documentElement.style.setProperty('--ww-top', `${document.querySelector('header.top')?.offsetHeight ?? 0}px`);
        if (this.#rows.look(list.order.length)) {
            this.requestUpdate();
        }
    }

    #enter(id) {
        if (this.#current !== id) {
            this.#current = id;
            this.requestUpdate();
        }
    }

    #move(by) {
        const at = list.order.indexOf(this.#current);
        this.#go(at === -1 ? 0 : at + by);
    }

    async #go(index) {
        const at = Math.max(0, Math.min(list.order.length - 1, index));
        if (list.order.length) {
            this.#current = list.order[at];
            this.#rows.show(at, this.#above);
            this.requestUpdate();
            await this.updateComplete;
            this.querySelector(`.row[data-id="${this.#current}"]`)?.focus({preventScroll: true});
        }
    }

    #pressed(event, id) {
        const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity};
        if (event.key in steps) {
            event.preventDefault();
            this.#go(list.order.indexOf(id) + steps[event.key]);
        } else if (event.target === event.currentTarget && event.key === 'Enter') {
            route.go(`download/${id}`);
        } else if (event.target === event.currentTarget && event.key === ' ') {
            event.preventDefault();
            this.#pick(id, event.shiftKey);
        }
    }

    #pick(id, range) {
        if (id && downloads.get(id)) {
            this.#chosen.toggle(id, range);
            this.#current = id;
            this.requestUpdate();
        }
    }

    #all(event) {
        this.#chosen[event?.target.checked ? 'all' : 'clear']();
        this.requestUpdate();
    }

    /** With what is selected, or with the row where the keyboard is. */
    async #bulk(action, orCurrent = false) {
        const ids = this.#chosen.size ? this.#chosen.list() : orCurrent && this.#current ? [this.#current] : [];
        if (ids.length && mayWrite()) {
            (await change(ids, action)).forEach(id => this.#chosen.drop(id));
            this.requestUpdate();
        }
    }
}
customElements.define('ww-queue', Queue);
