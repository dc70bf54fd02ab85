// One download: where it stands and why, how it came there, what it says and what it holds.
import {html, nothing} from '../vendor/lit.js';
import {address, curl, get, post} from '../core/api.js';
import {downloads, stateOf} from '../core/downloads.js';
import {Element} from '../core/element.js';
import {bytes, local, number} from '../core/format.js';
import {keys} from '../core/keys.js';
import {owners} from '../core/owners.js';
import {route} from '../core/route.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {CAN, change, copyLink, edit, mayWrite, nameOf} from '../parts/actions.js';
import '../parts/children.js';
import '../parts/files.js';
import '../parts/guard.js';
import '../parts/log.js';
import {figures, partsOf, picture, sentence, stateChip} from '../parts/queue-row.js';
import {bar, empty, fault, icon, when} from '../parts/small.js';
import {runs, timeline} from '../parts/timeline.js';

await Promise.all([need('queue'), sheet('queue')]);

class Download extends Element {
    static properties = {id: {}, problem: {state: true}, attempts: {state: true}, chosen: {state: true}, gone: {state: true}};
    #seen = null;
    #unbind = () => {};
    #letGo = () => {};

    connectedCallback() {
        super.connectedCallback();
        this.#letGo = downloads.hold(() => [this.id]);
        this.watch(downloads, 'change', event => event.detail.includes(this.id) && this.requestUpdate());
        this.watch(downloads, 'gone', event => { this.gone ||= event.detail.includes(this.id); });
        this.watch(downloads, 'snapshot', () => this.#load());
        this.watch(owners, 'change');
        this.watch(session, 'change');
        this.every(1000, () => this.#isLive && this.requestUpdate());
        this.every(30000, () => this.requestUpdate());
        this.#unbind = keys.bind({r: {text: 'keys.retry', run: () => mayWrite() && CAN.retry(this.#download ?? {}) && change([this.id], 'retry')}});
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#unbind();
        this.#letGo();
    }

    get #download() {
        return downloads.get(this.id);
    }

    get #isLive() {
        return ['queued', 'running'].includes(this.#download?.status);
    }

    willUpdate(changed) {
        if (changed.has('id')) {
            [this.problem, this.attempts, this.chosen, this.gone] = [null, null, null, false];
            this.#load();
        }
        const download = this.#download;
        const seen = download && `${download.id} ${download.status} ${download.phase} ${download.attempt}`;
        if (seen && seen !== this.#seen) {
            this.#seen = seen;
            this.#runs();
        }
    }

    async #load() {
        const id = this.id;
        try {
            downloads.put(await get(`downloads/${id}`));
            this.requestUpdate();
        } catch (problem) {
            if (id === this.id) {
                this.problem = problem;
            }
        }
    }

    async #answer(code) {
        downloads.put(await post(`downloads/${this.id}/steam-guard`, {code}));
    }

    async #runs() {
        const id = this.id;
        try {
            const {attempts} = await get(`downloads/${id}/attempts`);
            if (id === this.id) {
                this.attempts = attempts;
            }
        } catch (problem) {
            // What there is stays; the page says by itself when the download is gone.
            this.problem ??= problem.status === 404 && id === this.id ? problem : null;
        }
    }

    render() {
        const download = this.#download;
        if (this.gone || this.problem?.status === 404) {
            return empty(t('download.gone'), t('download.gone.hint'), html`<a href="#/queue">${t('page.queue')}</a>`);
        }
        if (!download) {
            return this.problem ? fault(this.problem) : html`<p aria-busy="true">${t('shell.loading')}</p>`;
        }
        const attempts = this.attempts ?? [];
        const last = attempts.at(-1)?.number ?? 0;
        // Who waits again has the next run before them.
        const chosen = this.chosen ?? (download.status === 'queued' ? last + 1 : last);
        return html`${this.#head(download)}
            ${download.needsInput ? html`<ww-guard .prompt=${download.needsInput} .send=${code => this.#answer(code)}></ww-guard>` : nothing}
            ${this.#now(download)}
            <section class="card"><h2>${t('download.timeline')}</h2>${this.attempts ? timeline(download, attempts, chosen) : html`<p aria-busy="true"></p>`}${runs(attempts, chosen, run => { this.chosen = run === last && download.status !== 'queued' ? null : run; })}</section>
            ${download.kind === 'collection' ? html`<section class="card"><h2>${t('download.items')}</h2><ww-children .download=${download}></ww-children></section>` : nothing}
            ${download.contentAvailable ? html`<section class="card"><h2>${t('download.files')}</h2><ww-files .download=${download}></ww-files></section>` : nothing}
            <section class="card"><h2>${t('log.title')}</h2><ww-log .download=${download} .attempt=${this.chosen ?? 0}></ww-log></section>
            <section class="card"><h2>${t('download.facts')}</h2>${this.#facts(download)}</section>
            <ww-api-call .lines=${this.#calls(download)}></ww-api-call>`;
    }

    #head(download) {
        const write = mayWrite() && !download.pending;
        const button = (action, sign, look = 'secondary') => write && CAN[action](download) ? html`<button type="button" class="small ${look}" @click=${() => this.#do(action)}>${icon(sign)}${t(`queue.act.${action}`)}</button>` : nothing;
        return html`<nav class="back" aria-label=${t('download.way')}><a href="#/queue">‹ ${t('page.queue')}</a></nav>
            <div class="head download-head">${picture(download)}<div class="name"><h1>${nameOf(download)}</h1>
                <p>${stateChip(download)} <a href="https://steamcommunity.com/sharedfiles/filedetails/?id=${download.pubfileId}" target="_blank" rel="noopener noreferrer">${t('download.workshop', {id: download.pubfileId})}</a>
                ${download.accountName === 'sandbox' ? html`<span class="chip">${t('queue.sandbox')}</span>` : nothing}</p></div>
            <div class="actions">${download.contentAvailable && download.status === 'success' ? html`<a role="button" class="small" href=${address(`downloads/${download.id}/zip`)} download>${icon('download')}${t('files.zip')}</a>` : nothing}
                ${button('retry', 'retry', '')}
                ${write && CAN.edit(download) ? html`<button type="button" class="small secondary" @click=${() => edit(download)}>${icon('edit')}${t('queue.act.edit')}</button>` : nothing}
                ${write && download.contentAvailable ? html`<button type="button" class="small secondary" @click=${async () => (await import('../parts/share.js')).share({path: `downloads/${download.id}`, title: nameOf(download), expiresAt: download.expiresAt})}>${icon('users')}${t('queue.act.share')}</button>` : nothing}
                <button type="button" class="small secondary" @click=${() => copyLink(download)}>${icon('link')}${t('queue.act.copy')}</button>
                ${button('cancel', 'stop')}${button('delete', 'trash', 'danger')}</div></div>`;
    }

    async #do(action) {
        const [done] = await change([this.id], action);
        if (done && action === 'delete') {
            route.go('queue');
        }
    }

    /** What it is about at this moment, in plain view. */
    #now(download) {
        const state = stateOf(download);
        if (download.error && state !== 'running') {
            return html`<div class="${state === 'failed' ? 'fault' : 'notice'} now" role="status"><p><b>${local(download.error.message)}</b></p><p>${local(download.error.advice)}</p>
                ${state === 'waiting' && download.waitingFor ? html`<p>${local(download.waitingFor)}</p>` : nothing}</div>`;
        }
        if (state === 'waiting') {
            return html`<p class="notice now" role="status">${icon('clock')} ${sentence(download)}</p>`;
        }
        return state !== 'running' ? nothing : html`<div class="card now">${bar(download.progress, download.progress > 0 ? 100 : null, t('queue.progress', {title: nameOf(download)}))}
            <p class="live-figure"><b>${number(download.progress)} %</b> ${download.kind === 'collection' ? partsOf(download.children) : figures(download)}</p></div>`;
    }

    #facts(download) {
        const facts = [['item', download.pubfileId], ['app', download.appId || null], ['account', download.accountName ?? t('add.account.any')],
            ['owner', session.isAdmin && download.userId !== session.me.user.id ? owners.name(download.userId) : null], ['created', when(download.createdAt)],
            ['started', download.startedAt && when(download.startedAt)], ['completed', download.completedAt && when(download.completedAt)],
            ['size', download.bytesTotal ? bytes(download.bytesTotal) : null], ['version', download.version], ['kept', download.expiresAt && when(download.expiresAt)],
            ['priority', number(download.priority)], ['folder', download.saveRoot]];
        return html`<dl class="facts">${facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => html`<div><dt>${t(`fact.${name}`)}</dt><dd>${value}</dd></div>`)}</dl>`;
    }

    #calls({id, contentAvailable, status}) {
        const path = `downloads/${id}`;
        return [[t('download.curl.get'), curl('GET', path)], [t('download.curl.log'), curl('GET', `${path}/logs`).replace('-s', '-N')],
            ...contentAvailable ? [[t('download.curl.zip'), curl('GET', `${path}/zip`).replace('-s', '-C - -o item.zip')], [t('download.curl.files'), curl('GET', `${path}/files`)]] : [],
            ...status === 'failed' || status === 'canceled' ? [[t('queue.act.retry'), curl('POST', `${path}/retry`)]] : status === 'success' ? [] : [[t('queue.act.cancel'), curl('POST', `${path}/cancel`)]]];
    }
}
customElements.define('ww-download', Download);
