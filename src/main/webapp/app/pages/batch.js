// A batch: what was added at once, what became of each line, and all of it as one zip or by one link.
import {html, nothing} from '../vendor/lit.js';
import {address, curl, get} from '../core/api.js';
import {downloads} from '../core/downloads.js';
import {Element} from '../core/element.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {mayWrite, nameOf} from '../parts/actions.js';
import {buttons, partsOf, picture, sentence, stateChip} from '../parts/queue-row.js';
import {bar, chip, empty, fault, icon, when} from '../parts/small.js';

await Promise.all([need('queue'), sheet('queue')]);

const PAGE = 50;

class Batch extends Element {
    static properties = {id: {}, batch: {state: true}, shown: {state: true}, problem: {state: true}};
    #asked = new Set();
    #letGo = () => {};

    connectedCallback() {
        super.connectedCallback();
        this.#letGo = downloads.hold(() => (this.batch?.items ?? []).map(line => line.downloadId));
        this.watch(downloads, ['change', 'gone']);
        this.watch(downloads, 'snapshot', () => this.#load());
        this.watch(session, 'change');
        this.every(10000, () => this.#isLive && this.#load());
        this.every(30000, () => this.requestUpdate());
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#letGo();
    }

    willUpdate(changed) {
        if (changed.has('id')) {
            [this.batch, this.problem, this.shown] = [null, null, PAGE];
            this.#asked.clear();
            this.#load();
        }
    }

    async #load() {
        const id = this.id;
        try {
            const batch = await get(`batches/${id}`);
            if (id === this.id) {
                [this.batch, this.problem] = [batch, null];
                await this.#fill();
            }
        } catch (problem) {
            if (id === this.id) {
                this.problem = problem;
            }
        }
    }

    /** Asks once for each that is shown and that this tab has not heard of: one after the other, so that a long list hinders nobody. */
    async #fill() {
        for (const {downloadId} of this.batch.items.slice(0, this.shown)) {
            if (downloadId && !downloads.get(downloadId) && !this.#asked.has(downloadId) && this.isConnected) {
                this.#asked.add(downloadId);
                downloads.put(...await get(`downloads/${downloadId}`).then(found => [found], () => []));
            }
        }
    }

    /** The state of each download by now, one that several lines name once. */
    get #states() {
        return new Map(this.batch.items.filter(line => line.downloadId).map(line => [line.downloadId, downloads.get(line.downloadId)?.status ?? line.status]));
    }

    get #isLive() {
        return this.batch && [...this.#states.values()].some(status => status === 'queued' || status === 'running');
    }

    render() {
        if (this.problem?.status === 404) {
            return empty(t('batch.gone'), t('batch.gone.hint'), html`<a href="#/queue">${t('page.queue')}</a>`);
        }
        if (!this.batch) {
            return this.problem ? fault(this.problem) : html`<p aria-busy="true">${t('shell.loading')}</p>`;
        }
        const {items} = this.batch;
        const counts = {};
        this.#states.forEach(status => { counts[status] = (counts[status] ?? 0) + 1; });
        return html`${this.#head(counts)}${fault(this.problem)}
            ${counts.success ? nothing : html`<p class="notice">${t('batch.none')}</p>`}
            <section class="card"><h2>${t('batch.items')}</h2><ul class="children">${items.slice(0, this.shown).map(line => this.#line(line))}</ul>
                ${items.length > this.shown ? html`<button type="button" class="secondary small" @click=${() => { this.shown += PAGE; this.#fill(); }}>${t('children.more')}</button>` : nothing}</section>
            <ww-api-call .lines=${this.#calls(counts)}></ww-api-call>`;
    }

    #head(counts) {
        const path = `batches/${this.batch.id}`;
        const n = this.batch.items.filter(line => line.result !== 'invalid').length;
        return html`<nav class="back" aria-label=${t('download.way')}><a href="#/queue">‹ ${t('page.queue')}</a> <a href="#/batches">‹ ${t('page.batches')}</a></nav>
            <div class="head download-head"><div class="name"><h1>${t('batch.title', {n})}</h1><p>${partsOf(counts)} · ${when(this.batch.createdAt)}</p></div>
            <div class="actions">${counts.success ? html`<a role="button" class="small" href=${address(`${path}/zip`)} download>${icon('download')}${t('files.zip')}</a>
                ${mayWrite() ? html`<button type="button" class="small secondary" @click=${async () => (await import('../parts/share.js')).share({path, title: t('batch.name', {n: counts.success})})}>${icon('users')}${t('queue.act.share')}</button>` : nothing}` : nothing}</div></div>`;
    }

    #line({line, result, pubfileId, downloadId, status, message}) {
        if (result === 'invalid') {
            return html`<li>${picture({})}<span class="what"><b>${t('batch.line', {n: line + 1})}</b><small>${message}</small></span>${chip('failed', t('batch.refused'))}</li>`;
        }
        const download = downloads.get(downloadId);
        const name = nameOf(download ?? {pubfileId});
        return html`<li>${picture(download ?? {})}<span class="what">${downloadId ? html`<a href="#/download/${downloadId}">${name}</a>` : html`<b>${name}</b>`}
                <small>${download ? sentence(download) : downloadId ? nothing : t('batch.removed')}</small>
                ${download?.status === 'running' ? bar(download.progress, download.progress ? 100 : null, name) : nothing}</span>
            ${download ? stateChip(download) : status ? chip(status === 'queued' ? 'waiting' : status) : nothing}<span class="do">${download ? buttons(download) : nothing}</span></li>`;
    }

    #calls(counts) {
        const path = `batches/${this.batch.id}`;
        return [[t('batch.curl.get'), curl('GET', path)], ...counts.success ? [[t('batch.curl.zip'), curl('GET', `${path}/zip`).replace('-s', '-C - -o items.zip')]] : []];
    }
}
customElements.define('ww-batch', Batch);
