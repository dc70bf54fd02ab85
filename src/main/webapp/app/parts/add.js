// Adding: whatever was pasted becomes lines, each is looked up before it is sent, and each says what came of it.
import {html, nothing} from '../vendor/lit.js';
import {curl, get, post} from '../core/api.js';
import {downloads} from '../core/downloads.js';
import {Element} from '../core/element.js';
import {bytes} from '../core/format.js';
import {chunks, idempotencyKey, linesOf} from '../core/lines.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {toasts} from '../core/toasts.js';
import {nameOf, terms, together} from './actions.js';
import {ask} from './dialogs.js';
import {picture} from './queue-row.js';
import {fault} from './small.js';

await Promise.all([need('queue'), sheet('queue')]);

const SHOWN = 200;
const LOOKED_UP = 100;

class Add extends Element {
    static properties = {text: {}, dialog: {attribute: false}, busy: {state: true}, problem: {state: true}, looking: {state: true}, account: {state: true}};
    /** What is known of a line's text, from the server. */
    #found = new Map();
    #timer = null;
    /** The answer to each line that was sent, by its place. */
    #results = null;
    /** What is sent, kept for a second try: the same call again does nothing twice. */
    #calls = null;
    #stop = new AbortController();
    accounts = [];

    connectedCallback() {
        super.connectedCallback();
        this.account = '';
        this.#read(this.text ?? '');
        this.#accounts();
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        clearTimeout(this.#timer);
        this.#stop.abort();
    }

    firstUpdated() {
        this.querySelector('textarea').focus();
    }

    render() {
        const done = this.#results !== null;
        return html`<form @submit=${event => this.#send(event)}>
            ${done ? nothing : html`<label>${t('add.text')}<textarea rows="4" spellcheck="false" autocapitalize="off" .value=${this.text ?? ''}
                placeholder="https://steamcommunity.com/sharedfiles/filedetails/?id=3000000000" @input=${event => this.#typed(event.target.value)}
                @keydown=${event => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.form.requestSubmit()}></textarea></label>`}
            ${this.lines.length === 0 ? this.#teach() : this.#preview()}
            ${done ? nothing : this.#choices()}
            ${fault(this.problem)}${done ? together(this.#calls.batches, () => this.dialog.close(true)) : nothing}
            <footer>${done ? html`<button type="button" class="secondary" @click=${() => this.#more()}>${t('add.more')}</button>
                <button type="button" @click=${() => this.dialog.close(true)}>${t('action.close')}</button>`
                : html`<button aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy || this.#wanted().length === 0}>${t('add.send', {n: this.#wanted().length || 1})}</button>`}</footer>
            </form>${done ? nothing : html`<ww-api-call .lines=${this.#curl()}></ww-api-call>`}`;
    }

    #teach() {
        return html`<ul class="teach">${['page', 'id', 'list', 'collection', 'steam', 'file'].map(what => html`<li><b>${t(`add.can.${what}`)}</b> <small>${t(`add.can.${what}.hint`)}</small></li>`)}</ul>`;
    }

    #preview() {
        const rest = this.lines.length - SHOWN;
        return html`<p class="sum" role="status">${this.#results ? this.#outcome() : t('add.lines', {n: this.lines.length})}${this.#doubts()}${this.looking ? html` <span aria-busy="true">${t('add.looking')}</span>` : nothing}
            ${this.skipped && !this.#results ? html`<small>${t('add.skipped', {n: this.skipped})}</small>` : nothing}</p>
            <ol class="lines" tabindex="0" aria-label=${t('add.list')}>${this.lines.slice(0, SHOWN).map((line, at) => this.#line(line, at))}</ol>
            ${rest > 0 ? html`<p><small>${t('add.rest', {n: rest})}</small></p>` : nothing}`;
    }

    /** How many lines are not sent, and why: they may stand below what is seen. */
    #doubts() {
        const invalid = this.lines.filter(line => this.#found.get(line)?.result === 'invalid').length;
        const twice = this.lines.length - invalid - this.#wanted().length;
        return this.#results ? nothing : html`${invalid ? html`<em class="fault-line">${t('add.bad', {n: invalid})}</em>` : nothing}${twice ? html`<small>${t('add.twice', {n: twice})}</small>` : nothing}`;
    }

    #line(line, at) {
        const found = this.#found.get(line) ?? {};
        const result = this.#results?.get(at);
        const bad = found.result === 'invalid' || result?.result === 'invalid' || this.#earlier(at) !== undefined;
        return html`<li class=${bad ? 'bad' : ''}>${picture(found)}<span class="what"><b>${found.title ?? line}</b>
            <small>${[found.title ? found.pubfileId : '', found.kind === 'collection' ? t('add.collection', {n: found.items ?? 0}) : '', bytes(found.sizeBytes)].filter(Boolean).join(' · ')}</small>
            ${this.#said(found, result, at)}</span></li>`;
    }

    /** What is to say of a line: its result, or what is wrong or unsure with it. */
    #said(found, result, at) {
        if (result) {
            return result.result === 'invalid' ? html`<em class="fault-line">${result.message}</em>`
                : html`<em>${t(`add.${result.result}`)} <a href="#/download/${result.downloadId}" @click=${() => this.dialog.close(true)}>${t('add.open')}</a></em>`;
        }
        const first = this.#earlier(at);
        if (first !== undefined) {
            return html`<em>${t('add.same', {n: first + 1})}</em>`;
        }
        const sure = found.result === 'invalid' || found.result === 'missing' && this.account !== 'sandbox' || found.result === 'unknown' && this.account !== 'sandbox';
        return sure ? html`<em class=${found.result === 'invalid' ? 'fault-line' : ''}>${found.message}${found.result === 'missing' ? ` ${t('add.missing')}` : ''}</em>` : nothing;
    }

    #choices() {
        return html`${this.accounts.length || session.me.sandbox ? html`<label>${t('add.account')}<select name="account" @change=${event => { this.account = event.target.value; }}>
            <option value="">${t('add.account.any')}</option>${this.accounts.map(({alias, displayName}) => html`<option value=${alias}>${displayName ? `${alias} (${displayName})` : alias}</option>`)}
            ${session.me.sandbox ? html`<option value="sandbox">${t('add.account.sandbox')}</option>` : nothing}</select></label>` : nothing}
            ${this.account === 'sandbox' ? html`<p class="notice">${t('add.sandbox')}</p>` : nothing}
            <details class="terms"><summary>${t('add.terms')}</summary><div class="cards">${terms(null)}</div></details>`;
    }

    #curl() {
        const [first = '3000000000', ...others] = this.#wanted().slice(0, 3).map(({body}) => body.urlOrId);
        return others.length ? [[t('add.curl.many'), curl('POST', 'downloads/batch', {body: {items: [first, ...others].map(urlOrId => ({urlOrId}))}})]]
            : [[t('queue.curl.add'), curl('POST', 'downloads', {body: {urlOrId: first, ...this.account ? {accountName: this.account} : {}}})]];
    }

    #read(text) {
        const {entries, skipped} = linesOf(text);
        this.lines = entries;
        this.skipped = skipped;
        this.#calls = null;
        // What was pasted is not lost by a slip.
        this.dialog.firm = entries.length > 0;
        clearTimeout(this.#timer);
        if (entries.some(line => !this.#found.has(line))) {
            this.#timer = setTimeout(() => this.#lookUp(), 400);
        }
    }

    #typed(text) {
        this.text = text;
        this.problem = null;
        this.#read(text);
    }

    async #lookUp() {
        const unknown = [...new Set(this.lines)].slice(0, LOOKED_UP).filter(line => !this.#found.has(line));
        if (unknown.length === 0) {
            return;
        }
        this.looking = true;
        try {
            const {items} = await post('items/lookup', {urlOrIds: unknown});
            items.forEach((item, at) => this.#found.set(unknown[at], item));
        } catch (problem) {
            // It can be sent all the same: the server looks again then.
            this.problem = this.isConnected ? problem : null;
        } finally {
            this.looking = false;
        }
    }

    /** The place of an earlier line with the same item. */
    #earlier(at) {
        const item = line => this.#found.get(line)?.pubfileId ?? line;
        const first = this.lines.findIndex(line => item(line) === item(this.lines[at]));
        return first < at ? first : undefined;
    }

    /** What is sent: no line twice, and none that is known to be wrong. */
    #wanted() {
        const seen = new Set();
        return this.lines.map((line, at) => ({at, line, found: this.#found.get(line)})).filter(({line, found}) => {
            const item = found?.pubfileId ?? line;
            const wanted = found?.result !== 'invalid' && !seen.has(item);
            seen.add(item);
            return wanted;
        }).map(({at, line, found}) => ({at, body: {urlOrId: found?.pubfileId ?? line}}));
    }

    async #accounts() {
        if (session.isAdmin) {
            const found = await get('admin/steam-users', {limit: 200}).catch(() => null);
            this.accounts = (found?.steamUsers ?? []).filter(account => account.status === 'active');
            this.requestUpdate();
        }
    }

    async #send(event) {
        event.preventDefault();
        if (this.busy || this.#wanted().length === 0) {
            return;
        }
        const {priority, startAt} = Object.fromEntries(new FormData(event.target));
        const terms = {...this.account ? {accountName: this.account} : {}, ...Number(priority) ? {priority: Number(priority)} : {}, ...startAt ? {startAt: new Date(startAt).toISOString()} : {}};
        const text = JSON.stringify(terms);
        if (this.#calls?.text !== text) {
            const wanted = this.#wanted().map(({at, body}) => ({at, body: {...body, ...terms}}));
            this.#calls = {text, left: chunks(wanted, 1000).map(lines => ({lines, key: idempotencyKey()})), results: new Map(), batches: []};
        }
        [this.busy, this.problem] = [true, null];
        try {
            while (this.#calls.left.length) {
                await this.#call(this.#calls.left[0]);
                this.#calls.left.shift();
            }
            this.#sent();
        } catch (problem) {
            this.problem = problem;
        } finally {
            this.busy = false;
        }
    }

    async #call({lines, key}) {
        const headers = {'Idempotency-Key': key};
        if (lines.length === 1) {
            const known = new Set(downloads.all().map(({id}) => id));
            const download = await post('downloads', lines[0].body, headers);
            this.#calls.results.set(lines[0].at, {result: known.has(download.id) ? 'duplicate' : 'accepted', downloadId: download.id, download});
            downloads.put(download);
        } else {
            const batch = await post('downloads/batch', {items: lines.map(({body}) => body)}, headers);
            this.#calls.batches.push(batch.id);
            batch.items.forEach(item => this.#calls.results.set(lines[item.line].at, item));
        }
    }

    #sent() {
        [this.#results, this.dialog.firm] = [this.#calls.results, false];
        const only = this.#results.size === 1 && [...this.#results.values()][0];
        toasts.say(only?.download ? t(`add.said.${only.result}`, {title: nameOf(only.download)}) : this.#outcome());
        if (only?.result === 'accepted' && this.lines.length === 1) {
            this.dialog.close(true);
        }
        this.requestUpdate();
    }

    #outcome() {
        const all = [...this.#results.values()];
        return ['accepted', 'duplicate', 'invalid'].map(result => [result, all.filter(each => each.result === result).length])
            .filter(([, n]) => n > 0).map(([result, n]) => t(`add.count.${result}`, {n})).join(', ');
    }

    #more() {
        this.#results = null;
        this.text = '';
        this.#read('');
        this.updateComplete.then(() => this.querySelector('textarea').focus());
    }
}
customElements.define('ww-add', Add);

/** Opens the dialog in which downloads are added, with what was pasted or dropped. */
export const openAdd = (text = '') => ask(t('add.title'), dialog => html`<ww-add .text=${text} .dialog=${dialog}></ww-add>`, {wide: true});
