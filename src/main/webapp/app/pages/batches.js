// What was added at once, list by list: the way back to the page of each.
import {html} from '../vendor/lit.js';
import {curl, get} from '../core/api.js';
import {Element} from '../core/element.js';
import {exact, number} from '../core/format.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {chip, empty, when} from '../parts/small.js';
import '../parts/table.js';

await Promise.all([need('admin', 'queue'), sheet('admin'), sheet('queue')]);

class Batches extends Element {
    #columns = () => [
        {label: t('queue.age'), class: 'nowrap', cell: batch => html`<a href="#/batch/${batch.id}">${exact(batch.createdAt)}</a><br><small>${when(batch.createdAt)}</small>`},
        {label: t('batches.lines'), cell: batch => number(batch.lines)},
        {label: t('page.queue'), cell: batch => states(batch.children)},
    ];

    connectedCallback() {
        super.connectedCallback();
        this.watch(session, 'change');
        this.every(30000, () => {
            const paged = this.querySelector('ww-paged');
            paged?.busy || paged?.reload();
        });
    }

    render() {
        return html`<nav class="back" aria-label=${t('download.way')}><a href="#/queue">‹ ${t('page.queue')}</a></nav>
            <div class="head"><h1>${t('page.batches')}</h1></div>
            <ww-paged .load=${this.#load} .columns=${this.#columns()} .caption=${t('page.batches')} .none=${empty(t('batches.none'), t('batches.none.hint'))}></ww-paged>
            <ww-api-call .lines=${[[t('queue.curl.list'), curl('GET', 'batches')]]}></ww-api-call>`;
    }

    #load = async (offset, limit) => {
        const {batches, pagination} = await get('batches', {offset, limit});
        return {rows: batches, ...pagination};
    };
}
customElements.define('ww-batches', Batches);

function states(children) {
    const some = Object.entries(children).filter(([, n]) => n > 0).map(([status, n]) => [status === 'queued' ? 'waiting' : status, n]);
    return some.length ? some.map(([state, n]) => html`${chip(state, `${t(`state.${state}`)} ${number(n)}`)} `) : t('batches.empty');
}
