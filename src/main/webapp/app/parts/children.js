// The items of a collection, each a download of its own.
import {html, nothing} from '../vendor/lit.js';
import {get} from '../core/api.js';
import {downloads} from '../core/downloads.js';
import {Element} from '../core/element.js';
import {t} from '../core/text.js';
import {nameOf} from './actions.js';
import {buttons, picture, sentence, stateChip} from './queue-row.js';
import {bar, fault} from './small.js';

const PAGE = 100;
/** Milliseconds between two looks: in a large collection something ends every moment. */
const PAUSE = 3000;

class Children extends Element {
    static properties = {download: {attribute: false}, status: {state: true}, ids: {state: true}, more: {state: true}, problem: {state: true}};
    #seen = null;
    #of = null;
    #busy = false;
    #at = 0;
    #timer = null;
    #letGo = () => {};

    connectedCallback() {
        super.connectedCallback();
        this.status = '';
        this.#letGo = downloads.hold(() => this.ids ?? []);
        this.watch(downloads, ['change', 'gone']);
        this.every(30000, () => ['queued', 'running'].includes(this.download.status) && this.#load());
    }

    /** A collection says how many of its items are in which state: when that changes they are asked for again. */
    willUpdate() {
        const of = `${this.download.id} ${this.status}`;
        const seen = `${of} ${JSON.stringify(this.download.children)}`;
        if (seen !== this.#seen) {
            this.#again(of === this.#of ? PAUSE : 0);
            [this.#of, this.#seen] = [of, seen];
        }
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        clearTimeout(this.#timer);
        this.#letGo();
    }

    #again(pause) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#load(), Math.max(0, this.#at + pause - Date.now()));
    }

    async #load(count = Math.max(PAGE, this.ids?.length ?? 0)) {
        if (this.#busy) {
            return;
        }
        this.#busy = true;
        this.#at = Date.now();
        const [of, seen] = [this.#of, this.#seen];
        try {
            const found = [];
            let page;
            do {
                page = await get(`downloads/${this.download.id}/children`, {limit: PAGE, offset: found.length, status: this.status});
                downloads.put(...page.downloads);
                found.push(...page.downloads.map(({id}) => id));
            } while (page.pagination.hasMore && found.length < count);
            this.ids = found;
            this.more = page.pagination.hasMore;
            this.problem = null;
        } catch (problem) {
            this.problem = problem;
        } finally {
            this.#busy = false;
            if (seen !== this.#seen && this.isConnected) {
                this.#again(of === this.#of ? PAUSE : 0);
            }
        }
    }

    render() {
        const counts = this.download.children ?? {};
        return html`<div class="filters" role="group" aria-label=${t('queue.states')}>${['', 'queued', 'running', 'success', 'failed', 'canceled'].map(status => html`
                <button type="button" class="small ${this.status === status ? '' : 'secondary outline'}" aria-pressed=${this.status === status} @click=${() => { this.status = status; }}>${
                    t(`state.${status === 'queued' ? 'waiting' : status || 'all'}`)}${status ? ` ${counts[status] ?? 0}` : ''}</button>`)}</div>
            ${fault(this.problem)}
            <ul class="children">${(this.ids ?? []).map(id => downloads.get(id)).filter(Boolean).map(child => html`<li>${picture(child)}
                <span class="what"><a href="#/download/${child.id}">${nameOf(child)}</a><small>${sentence(child)}</small>
                    ${child.status === 'running' ? bar(child.progress, child.progress ? 100 : null, nameOf(child)) : nothing}</span>
                ${stateChip(child)}<span class="do">${buttons(child)}</span></li>`)}</ul>
            ${this.ids?.length === 0 ? html`<p>${t('children.none')}</p>` : nothing}
            ${this.more ? html`<button type="button" class="secondary small" @click=${() => this.#load(this.ids.length + PAGE)}>${t('children.more')}</button>` : nothing}`;
    }
}
customElements.define('ww-children', Children);
