// Links to what is finished, of a download or of a batch, for people without an account: what there are, what they allow, what was made of them.
import {html, nothing} from '../vendor/lit.js';
import {curl, get, patch, post, remove} from '../core/api.js';
import {Element} from '../core/element.js';
import {bytes, exact, number} from '../core/format.js';
import {need, t} from '../core/text.js';
import {toasts} from '../core/toasts.js';
import {ask, confirm} from './dialogs.js';
import './forms.js';
import {chip, fault, when} from './small.js';

await need('share');

const MIB = 1024 * 1024;
const fields = share => [{name: 'expiresAt', kind: 'time', label: t('share.expiresAt'), value: share?.expiresAt, hint: share ? null : t('share.expiresAt.hint')},
    {name: 'password', label: t('share.password'), hint: t(share?.hasPassword ? 'share.password.keep' : 'share.password.hint'), most: 128},
    ...share?.hasPassword ? [{name: 'open', kind: 'check', label: t('share.open')}] : [],
    {name: 'maxDownloads', kind: 'number', label: t('share.maxDownloads'), value: share?.maxDownloads, min: 1, hint: t('share.maxDownloads.hint')},
    {name: 'bytesPerSecond', kind: 'number', label: t('share.bytesPerSecond'), value: share?.bytesPerSecond, min: 0.02, scale: MIB}];

/** Not open although its time is not over: who answers for it may no longer read, or nothing may be shared here. */
const leadsNowhere = share => !share.isOpen && new Date(share.expiresAt) > Date.now();

/** Whether it leads anywhere now, in a word. */
function standing(share) {
    if (!share.isOpen) {
        return chip('failed', t(leadsNowhere(share) ? 'share.closed' : 'share.ended'));
    }
    return share.maxDownloads && share.downloads >= share.maxDownloads ? chip('waiting', t('share.used')) : chip('success', t('share.is-open'));
}

class Shares extends Element {
    static properties = {of: {attribute: false}, shares: {state: true}, editing: {state: true}, problem: {state: true}, made: {state: true}};

    get #path() {
        return `${this.of.path}/shares`;
    }

    connectedCallback() {
        super.connectedCallback();
        this.#load();
        this.every(10000, () => this.editing || this.#load());
    }

    async #load() {
        try {
            this.shares = (await get(this.#path)).shares;
            this.problem = null;
        } catch (problem) {
            this.problem = problem;
        }
    }

    async #make(values) {
        this.made = (await post(this.#path, values)).id;
        await this.#load();
        this.querySelector('ww-copy code')?.focus();
    }

    async #change(share, {open, ...changes}) {
        await patch(`shares/${share.id}`, open ? {...changes, password: null} : changes);
        this.editing = null;
        await this.#load();
    }

    async #revoke(share) {
        if (await confirm(t('share.revoke.title'), t('share.revoke.text'), t('share.revoke'))) {
            try {
                await remove(`shares/${share.id}`);
            } catch (problem) {
                toasts.refuse(problem);
            }
            await this.#load();
        }
    }

    render() {
        const {expiresAt} = this.of;
        return html`${expiresAt ? html`<p><small>${t('share.kept', {time: exact(expiresAt)})}</small></p>` : nothing}
            ${fault(this.problem)}
            ${this.shares ? this.shares.length === 0 ? html`<p>${t('share.none')}</p>` : html`<ul class="shares">${this.shares.map(share => this.#share(share))}</ul>` : html`<p aria-busy="true"></p>`}
            <details class="group" ?open=${this.shares?.length === 0}><summary>${t('share.new')}</summary>
                <ww-form .fields=${fields()} .action=${t('share.make')} .send=${values => this.#make(values)}></ww-form></details>
            <ww-api-call .lines=${[[t('share.curl.list'), curl('GET', this.#path)], [t('share.curl.create'), curl('POST', this.#path, {body: {maxDownloads: 3}})]]}></ww-api-call>`;
    }

    #share(share) {
        const last = share.lastUsedAt ? [html`${t('share.last')} ${when(share.lastUsedAt)}`] : [];
        const told = [t('share.views', {n: share.views}), share.maxDownloads ? t('share.downloads.of', {n: share.downloads, most: number(share.maxDownloads)}) : t('share.downloads', {n: share.downloads}),
            t('share.sent', {bytes: bytes(share.bytesSent)}), ...share.bytesReserved ? [t('share.reserved', {bytes: bytes(share.bytesReserved)})] : [], ...last];
        return html`<li>${share.id === this.made ? html`<p class="notice" role="status">${t('share.made')}</p>` : nothing}
            <ww-copy .text=${share.url}></ww-copy>
            <p class="terms-of">${standing(share)} <span>${share.isOpen || leadsNowhere(share) ? t('share.until', {time: exact(share.expiresAt)}) : exact(share.expiresAt)}</span>
                ${share.hasPassword ? chip('running', t('share.protected')) : nothing}
                ${share.bytesPerSecond ? chip('canceled', `${bytes(share.bytesPerSecond)}/s`) : nothing}</p>
            ${leadsNowhere(share) ? html`<p><small>${t('share.closed.why')}</small></p>` : nothing}
            <ul class="told">${told.map(each => html`<li>${each}</li>`)}</ul>
            ${this.editing === share.id ? html`<ww-form .fields=${fields(share)} .send=${(values, changes) => this.#change(share, changes)} .cancel=${() => { this.editing = null; }} .action=${t('action.save')}></ww-form>`
                : html`<p class="acts"><button type="button" class="small secondary" @click=${() => { this.editing = share.id; }}>${t('share.edit')}</button>
                    <button type="button" class="small danger" @click=${() => this.#revoke(share)}>${t('share.revoke')}</button></p>`}</li>`;
    }
}
customElements.define('ww-shares', Shares);

/** Opens the dialog with links. What is shared has a `path` in the API, a `title`, and `expiresAt` if it is known how long it is kept. */
export const share = of => ask(t('share.title', {title: of.title}), () => html`<ww-shares .of=${of}></ww-shares>`, {wide: true});
