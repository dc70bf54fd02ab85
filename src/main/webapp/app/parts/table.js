// A list of the server's, page by page: a table that becomes cards on a narrow screen.
import {html, nothing} from '../vendor/lit.js';
import {Element} from '../core/element.js';
import {count, number} from '../core/format.js';
import {keys} from '../core/keys.js';
import {t} from '../core/text.js';
import {fault, iconButton} from './small.js';

const PAGE = 25;

/**
 * `load(offset, limit)` gives {rows, total, hasMore}; it is called anew, from the first page, when `filter` (a text) changes. `columns` are
 * {label, cell: row => template, class}; the first one names the row. `none` stands in its place when there is nothing.
 */
class Paged extends Element {
    static properties = {load: {attribute: false}, filter: {}, columns: {attribute: false}, caption: {}, none: {attribute: false},
        page: {state: true}, offset: {state: true}, problem: {state: true}, busy: {state: true}};
    #asked = 0;

    constructor() {
        super();
        this.offset = 0;
    }

    willUpdate(changed) {
        if (changed.has('filter') || !this.page && !this.busy && !this.problem) {
            this.offset = 0;
            this.reload();
        }
    }

    /** Asks for the page again; what is shown stays until the answer is there. */
    async reload(offset = this.offset) {
        const asked = ++this.#asked;
        this.busy = true;
        try {
            let page = await this.load(offset, PAGE);
            if (page.rows.length === 0 && offset > 0) {
                // The last of this page is gone.
                offset = Math.max(0, offset - PAGE);
                page = await this.load(offset, PAGE);
            }
            if (asked === this.#asked) {
                Object.assign(this, {page, offset, problem: null});
            }
        } catch (problem) {
            if (asked === this.#asked) {
                this.problem = problem;
            }
        } finally {
            this.busy = asked !== this.#asked && this.busy;
        }
    }

    render() {
        const refused = this.problem ? html`${fault(this.problem)}<button type="button" class="secondary" @click=${() => this.reload()}>${t('action.again')}</button>` : nothing;
        if (!this.page) {
            return this.problem ? refused : html`<p aria-busy="true">${t('shell.loading')}</p>`;
        }
        const {rows, total, hasMore} = this.page;
        return html`${refused}${rows.length === 0 ? this.none : html`
            <div class="wide-table"><table class="paged"><caption class="unseen">${this.caption}</caption>
                <thead><tr>${this.columns.map(column => html`<th scope="col" class=${column.class ?? ''}>${column.label}</th>`)}</tr></thead>
                <tbody>${rows.map(row => html`<tr>${this.columns.map((column, at) => at === 0 ? html`<th scope="row" class=${column.class ?? ''}>${column.cell(row)}</th>`
                    : html`<td data-label=${column.label} class=${column.class ?? ''}>${column.cell(row)}</td>`)}</tr>`)}</tbody></table></div>
            <nav class="pages" aria-label=${t('table.pages')}><span role="status">${t('table.range', {from: this.offset + 1, to: this.offset + rows.length, total: count(total)})}</span>
                ${this.offset > 0 || hasMore ? html`${iconButton('before', t('table.before'), () => this.reload(Math.max(0, this.offset - PAGE)), {disabled: this.offset === 0})}
                    <span class="unseen">${number(this.offset / PAGE + 1)}</span>${iconButton('next', t('table.next'), () => this.reload(this.offset + PAGE), {disabled: !hasMore})}` : nothing}</nav>`}`;
    }
}
customElements.define('ww-paged', Paged);

/** A field to search by, which tells a word once one has stopped writing. The key `/` leads to it. */
class Search extends Element {
    static properties = {label: {}, value: {}, told: {attribute: false}};
    #waiting = 0;
    #unbind = null;

    connectedCallback() {
        super.connectedCallback();
        this.#unbind = keys.bind({'/': {text: 'table.search', run: () => this.querySelector('input').focus()}});
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        clearTimeout(this.#waiting);
        this.#unbind();
    }

    render() {
        return html`<input type="search" aria-label=${this.label} placeholder=${this.label} value=${this.value ?? ''} @input=${event => {
            clearTimeout(this.#waiting);
            this.#waiting = setTimeout(() => this.told(event.target.value.trim()), 300);
        }}>`;
    }
}
customElements.define('ww-search', Search);
