// Connect: what sends downloads here from elsewhere, each filled in with this server's address.
import {html, nothing} from '../vendor/lit.js';
import {curl, post, root} from '../core/api.js';
import {Element} from '../core/element.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {toasts} from '../core/toasts.js';
import '../parts/dialogs.js';
import {fault, icon} from '../parts/small.js';
import {bookmarklet, userscript} from '../parts/userscript.js';

await Promise.all([need('queue'), sheet('queue')]);

const WORDS = ['about', 'ask', 'send', 'sent', 'away'];

class Tools extends Element {
    static properties = {key: {state: true}, made: {state: true}, problem: {state: true}, busy: {state: true}};
    #file = null;

    constructor() {
        super();
        this.key = '';
    }

    connectedCallback() {
        super.connectedCallback();
        this.watch(session, 'change');
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#forget();
    }

    render() {
        const script = userscript(this.key, Object.fromEntries(WORDS.map(word => [word, t(`script.${word}`)])));
        return html`<div class="head"><h1>${t('page.tools')}</h1></div><p>${t('tools.intro')}</p>
            <section class="card"><h2>${t('tools.key')}</h2>${this.#keyPlace()}</section>
            <section class="card"><h2>${t('tools.script')}</h2><p>${t('tools.script.what')}</p>
                <ol class="how"><li>${t('tools.script.1')}</li><li>${t('tools.script.2')}</li><li>${t('tools.script.3')}</li></ol>
                <p class="do"><a role="button" href=${this.#blob(script)} download="wallwhale.user.js">${icon('download')}${t('tools.script.save')}</a></p>
                <details><summary>${t('tools.script.show')}</summary><ww-copy .text=${script} .label=${t('tools.script.copy')}></ww-copy></details>
                ${this.key ? html`<p><small>${t('tools.script.holds')}</small></p>` : html`<p><small>${t('tools.script.asks')}</small></p>`}</section>
            <section class="card"><h2>${t('tools.mark')}</h2><p>${t('tools.mark.what')}</p>
                <p class="do"><a role="button" class="bookmarklet" href=${bookmarklet()} @click=${event => { event.preventDefault(); toasts.say(t('tools.mark.drag')); }}>${icon('plus')}${t('tools.mark.name')}</a></p>
                <p>${t('tools.mark.drag')}</p>
                <details><summary>${t('tools.mark.else')}</summary><ww-copy .text=${bookmarklet()}></ww-copy></details></section>
            <section class="card"><h2>${t('tools.extension')}</h2><p>${t('tools.extension.what')}</p><ww-copy .text=${root.href.replace(/\/$/, '')}></ww-copy></section>
            <section class="card"><h2>${t('tools.curl')}</h2>${this.#examples()}<p><a href="docs">${t('shell.docs')}</a></p></section>`;
    }

    #keyPlace() {
        if (this.made) {
            return html`<p class="notice" role="status">${t('tools.key.made')}</p><ww-copy .text=${this.made}></ww-copy>`;
        }
        return html`<p>${t(session.may('admin:write') ? 'tools.key.why' : 'tools.key.given')}</p>
            ${session.may('admin:write') ? html`<button type="button" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy} @click=${() => this.#make()}>${icon('key')}${t('tools.key.make')}</button>` : nothing}
            ${fault(this.problem)}
            <label>${t(session.may('admin:write') ? 'tools.key.paste' : 'tools.key')}<input type="password" autocomplete="off" spellcheck="false" placeholder="ww_live_…" .value=${this.key} @change=${event => { this.key = event.target.value.trim(); }}></label>`;
    }

    #examples() {
        const id = '3000000000';
        const follow = curl('GET', 'downloads/ID/logs').replace('-s', '-N');
        const zip = curl('GET', 'downloads/ID/zip').replace('-s', '-C - -o item.zip');
        return [['add', curl('POST', 'downloads', {body: {urlOrId: id}})], ['many', curl('POST', 'downloads/batch', {body: {items: [{urlOrId: id}, {urlOrId: '3000000001'}]}})],
            ['list', curl('GET', 'downloads', {query: {status: 'queued,running'}})], ['log', follow], ['zip', zip]].map(([name, line]) => html`<p><small>${t(`tools.curl.${name}`)}</small></p><ww-copy .text=${this.#withKey(line)}></ww-copy>`);
    }

    #withKey(line) {
        return this.made ? line.replace('$KEY', this.made) : line;
    }

    async #make() {
        this.busy = true;
        this.problem = null;
        try {
            const {key} = await post('admin/api-keys', {name: t('tools.key.name'), scopes: ['download:read', 'download:write']});
            [this.key, this.made] = [key, key];
        } catch (problem) {
            this.problem = problem;
        } finally {
            this.busy = false;
        }
    }

    /** A file that only this page knows: a file of the server could not know its address, nor the key. */
    #blob(text) {
        if (this.#file?.text !== text) {
            this.#forget();
            this.#file = {text, url: URL.createObjectURL(new Blob([text], {type: 'text/javascript'}))};
        }
        return this.#file.url;
    }

    #forget() {
        if (this.#file) {
            URL.revokeObjectURL(this.#file.url);
            this.#file = null;
        }
    }
}
customElements.define('ww-tools', Tools);
