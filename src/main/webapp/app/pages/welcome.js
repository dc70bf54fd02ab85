// The rest of the first run, once there is an administrator: program, storage, Steam account or sandbox, first download.
import {html, nothing} from '../vendor/lit.js';
import {curl, get, post} from '../core/api.js';
import {Element} from '../core/element.js';
import {bytes} from '../core/format.js';
import {route} from '../core/route.js';
import {session} from '../core/session.js';
import {need, t} from '../core/text.js';
import {toasts} from '../core/toasts.js';
import '../parts/forms.js';
import {chip, fault, icon, meter} from '../parts/small.js';
import {accountFields} from './accounts.js';
import {engineWords} from './health.js';

await need('welcome');

const STEPS = ['admin', 'engine', 'storage', 'account', 'first'];
/** An item of the sandbox that succeeds at once. */
const FIRST = '3000000000';

class Welcome extends Element {
    static properties = {step: {state: true}, engine: {state: true}, storage: {state: true}, accounts: {state: true}, problem: {state: true}, busy: {state: true}, skipped: {state: true}};

    constructor() {
        super();
        this.step = 'engine';
        this.skipped = [];
    }

    connectedCallback() {
        super.connectedCallback();
        this.watch(session, 'change');
        this.#look();
    }

    async #look() {
        this.busy = true;
        this.problem = null;
        try {
            const [engine, storage, accounts] = await Promise.all([get('admin/engine'), get('admin/storage'), get('admin/steam-users', {limit: 1})]);
            Object.assign(this, {engine, storage, accounts: accounts.pagination.total});
        } catch (problem) {
            this.problem = problem;
        } finally {
            this.busy = false;
        }
    }

    /** Whether a step is done, whatever was skipped. */
    #done(step) {
        const {engine, storage} = this;
        return {admin: true, engine: engine?.state === 'ready', storage: storage && storage.freeBytes > storage.lowWatermarkBytes, account: this.accounts > 0, first: false}[step];
    }

    render() {
        return html`<div class="welcome"><h1>${t('welcome.title')}</h1><p>${t('welcome.text')}</p>
            <ol class="wizard">${STEPS.map(step => this.#entry(step))}</ol>
            <ww-api-call .lines=${[[t('welcome.engine'), curl('GET', 'admin/engine')], [t('welcome.storage'), curl('GET', 'admin/storage')], [t('welcome.first'), curl('POST', 'downloads', {body: {urlOrId: FIRST, accountName: 'sandbox'}})]]}></ww-api-call></div>`;
    }

    #entry(step) {
        const now = step === this.step;
        const mark = this.#done(step) ? chip('success', t('welcome.done')) : this.skipped.includes(step) ? chip('canceled', t('welcome.skipped')) : nothing;
        return html`<li class=${this.#done(step) ? 'done' : ''} aria-current=${now ? 'step' : nothing}><h2>${now || step === 'admin' ? t(`welcome.${step}`)
            : html`<button type="button" class="as-text" @click=${() => this.#go(step)}>${t(`welcome.${step}`)}</button>`} ${mark}</h2>
            ${now ? html`<div class="card" tabindex="-1">${fault(this.problem)}${this[`${step}Step`]()}</div>` : nothing}</li>`;
    }

    async #go(step) {
        this.step = step;
        await this.updateComplete;
        this.querySelector('[aria-current=step] .card')?.focus();
    }

    #next() {
        if (!this.#done(this.step)) {
            this.skipped = [...this.skipped, this.step];
        }
        this.#go(STEPS[STEPS.indexOf(this.step) + 1]);
    }

    #buttons(...more) {
        return html`<footer>${more}<button type="button" class=${this.#done(this.step) ? '' : 'secondary'} @click=${() => this.#next()}>${t(this.#done(this.step) ? 'welcome.next' : 'welcome.skip')}</button></footer>`;
    }

    #again() {
        return html`<button type="button" class="secondary" aria-busy=${this.busy ? 'true' : nothing} @click=${() => this.#look()}>${icon('retry')}${t('health.again')}</button>`;
    }

    engineStep() {
        return html`<p>${t('welcome.engine.why')}</p>${this.engine ? engineWords(this.engine) : nothing}${this.#buttons(this.#again())}`;
    }

    storageStep() {
        const {storage} = this;
        return html`<p>${t('welcome.storage.why')}</p>${storage ? html`${meter(t('welcome.storage.used'), storage.totalBytes - storage.freeBytes, storage.totalBytes, bytes)}
            <p>${t(this.#done('storage') ? 'welcome.storage.free' : 'welcome.storage.low', {free: bytes(storage.freeBytes), mark: bytes(storage.lowWatermarkBytes)})}</p>` : nothing}${this.#buttons(this.#again())}`;
    }

    accountStep() {
        return html`<p>${t('account.licence')}</p>${this.accounts > 0 ? html`<p>${t('welcome.account.there', {n: this.accounts})} <a href="#/accounts">${t('page.accounts')}</a></p>` : html`
            <ww-form .fields=${accountFields(null).slice(0, 3)} .action=${t('account.add')} .send=${values => post('admin/steam-users', values)} .done=${account => this.#added(account)}></ww-form>
            ${this.engine?.sandboxEnabled ? html`<p><small>${t('welcome.account.sandbox')}</small></p>` : nothing}`}${this.#buttons()}`;
    }

    async #added(account) {
        toasts.say(t('account.added', account));
        await this.#look();
        this.#next();
    }

    firstStep() {
        return html`<p>${t('welcome.first.text')}</p><form @submit=${event => this.#fetch(event, {urlOrId: new FormData(event.target).get('item').trim()})}>
                <label>${t('welcome.first.item')}<input name="item" required autocomplete="off" spellcheck="false" placeholder="https://steamcommunity.com/sharedfiles/filedetails/?id=…"></label>
                <button ?disabled=${this.busy}>${t('welcome.first.fetch')}</button></form>
            ${this.engine?.sandboxEnabled ? html`<p>${t('welcome.first.sandbox')}</p><button type="button" class="secondary" ?disabled=${this.busy} @click=${event => this.#fetch(event, {urlOrId: FIRST, accountName: 'sandbox'})}>${t('welcome.first.try')}</button>` : nothing}
            <footer><a href="#/queue">${t('welcome.finish')}</a></footer>`;
    }

    async #fetch(event, wish) {
        event.preventDefault();
        this.busy = true;
        this.problem = null;
        try {
            const download = await post('downloads', wish);
            route.go(`download/${download.id}`);
        } catch (problem) {
            this.problem = problem;
        } finally {
            this.busy = false;
        }
    }
}
customElements.define('ww-welcome', Welcome);
