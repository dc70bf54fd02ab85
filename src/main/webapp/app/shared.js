// The page behind a share link, for people without an account.
import {LitElement, html, nothing} from './vendor/lit.js';
import {bytes, exact, relative} from './core/format.js';
import {need, speak, t} from './core/text.js';

// The page lies one step below the application, as /s/ and the link's text.
const root = new URL('..', location.href);
const token = location.pathname.split('/').at(-1);
const api = new URL(`api/v1/shared/${token}`, root);
/** The server's cookie for a password is good for an hour. */
const GOOD_FOR = 55 * 60000;

/** Which sentence belongs to an answer that is none; the server's own is in English. */
const SENTENCES = {401: 'shared.wrong', 404: 'shared.none', 410: 'shared.gone', 429: 'shared.often', 0: 'shared.away'};

async function ask(path = '', init = {}) {
    let answer;
    try {
        answer = await fetch(`${api}${path}`, {credentials: 'same-origin', ...init, headers: {Accept: 'application/json', ...init.headers}});
    } catch {
        return {status: 0};
    }
    return {status: answer.status, body: await answer.json().catch(() => null)};
}

class Shared extends LitElement {
    static properties = {seen: {state: true}, status: {state: true}, wrong: {state: true}, busy: {state: true}};
    #openedAt = 0;

    createRenderRoot() {
        return this;
    }

    connectedCallback() {
        super.connectedCallback();
        this.#load();
    }

    async #load() {
        this.#show(await ask());
    }

    #show({status, body}) {
        [this.status, this.seen] = [status, status === 200 ? body : null];
        this.#openedAt = Date.now();
        document.title = this.seen && !this.seen.needsPassword ? `${this.#title()} – WallWhale` : 'WallWhale';
    }

    async #unlock(event) {
        event.preventDefault();
        this.busy = true;
        const answer = await ask('/unlock', {method: 'POST', headers: {'Content-Type': 'application/json'},
            body: JSON.stringify({password: new FormData(event.target).get('password')})});
        this.busy = false;
        this.wrong = answer.status === 200 ? null : answer.status;
        if (answer.status === 200) {
            this.#show(answer);
        } else if (answer.status === 404 || answer.status === 410) {
            this.status = answer.status;
            this.seen = null;
        }
        await this.updateComplete;
        this.querySelector(this.wrong ? 'input' : 'h1')?.focus();
    }

    /** Who waited long before pressing is asked for the password again, rather than shown a failed download. */
    #pressed(event) {
        if (Date.now() - this.#openedAt > GOOD_FOR) {
            event.preventDefault();
            this.#load();
        }
    }

    #title() {
        const {title, items} = this.seen;
        return title ?? t('shared.items', {n: items.length});
    }

    render() {
        if (this.status === undefined) {
            return html`<main class="door shared" aria-busy="true"></main>`;
        }
        return html`<main class="door shared">${this.seen === null ? this.#nothing() : this.seen.needsPassword ? this.#locked() : this.#open()}
            <footer><small>${t('shared.by')}</small></footer></main>`;
    }

    #nothing() {
        return html`<h1>${t('shared.sorry')}</h1><p role="alert">${t(SENTENCES[this.status] ?? 'shared.away')}</p>
            ${this.status === 404 || this.status === 410 ? nothing : html`<button type="button" @click=${() => this.#load()}>${t('action.again')}</button>`}`;
    }

    #locked() {
        return html`<h1>${t('shared.locked')}</h1><p>${t('shared.locked.hint')}</p>
            <form @submit=${event => this.#unlock(event)}>
                <label for="password">${t('shared.password')}</label>
                <input id="password" name="password" type="password" required autocomplete="off" autofocus aria-invalid=${this.wrong ? 'true' : nothing}
                    aria-describedby=${this.wrong ? 'wrong' : nothing}>
                ${this.wrong ? html`<p class="fault" id="wrong" role="alert">${t(SENTENCES[this.wrong] ?? 'shared.away')}</p>` : nothing}
                <button aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>${t('shared.unlock')}</button>
            </form>`;
    }

    #open() {
        const {previewUrl, fileCount, sizeBytes, expiresAt, items} = this.seen;
        return html`${previewUrl ? html`<img class="preview" src=${previewUrl} alt="" @error=${event => event.target.remove()}>` : nothing}
            <h1 tabindex="-1">${this.#title()}</h1>
            <dl class="facts"><div><dt>${t('shared.size')}</dt><dd>${bytes(sizeBytes)}</dd></div><div><dt>${t('shared.files')}</dt><dd>${fileCount.toLocaleString()}</dd></div>
                <div><dt>${t('shared.until')}</dt><dd><time datetime=${expiresAt} title=${exact(expiresAt)}>${relative(expiresAt)}</time></dd></div></dl>
            <a role="button" class="get" href="${api}/zip" download @click=${event => this.#pressed(event)}>${t('shared.get', {size: bytes(sizeBytes)})}</a>
            ${items.length > 1 ? html`<h2>${t('shared.each')}</h2><ul class="items">${items.map(item => html`<li><span><b>${item.title ?? item.name}</b>
                <small>${bytes(item.sizeBytes)} · ${t('shared.count', {n: item.fileCount})}</small></span>
                <a role="button" class="small secondary" href="${api}/items/${encodeURIComponent(item.name)}/zip" download @click=${event => this.#pressed(event)}
                    aria-label=${t('shared.get.one', {title: item.title ?? item.name})}>${t('shared.zip')}</a></li>`)}</ul>` : nothing}
            <details><summary>${t('shared.shell')}</summary><p><code tabindex="0">curl -OJL '${root}s/${token}'</code></p><p><small>${t('shared.shell.hint')}</small></p></details>`;
    }
}

await speak('auto');
await need('shared');
customElements.define('ww-shared', Shared);
