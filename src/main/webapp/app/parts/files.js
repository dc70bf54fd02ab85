// What a finished download holds: its files one by one, and all of them as a zip.
import {html, nothing} from '../vendor/lit.js';
import {address, get} from '../core/api.js';
import {Element} from '../core/element.js';
import {bytes} from '../core/format.js';
import {t} from '../core/text.js';
import {fault, icon} from './small.js';

const STEP = 20;

/** The digest of a header (RFC 9530) in hexadecimal; null where there is none. */
function hex(header) {
    const found = header?.match(/sha-256=:([A-Za-z0-9+/=]+):/);
    return found ? [...atob(found[1])].map(char => char.charCodeAt(0).toString(16).padStart(2, '0')).join('') : null;
}

class Files extends Element {
    static properties = {download: {attribute: false}, files: {state: true}, zip: {state: true}, problem: {state: true}, shown: {state: true}, wanted: {state: true}};
    #of = null;

    willUpdate() {
        const of = `${this.download.id} ${this.download.version} ${this.download.completedAt}`;
        if (of !== this.#of) {
            this.#of = of;
            this.shown = STEP;
            this.wanted = '';
            this.#load(of);
        }
    }

    async #load(of) {
        const path = `downloads/${this.download.id}/`;
        try {
            const found = await get(`${path}files`);
            if (of === this.#of) {
                [this.files, this.problem] = [found, null];
            }
            const head = await fetch(address(`${path}zip`), {method: 'HEAD'});
            if (head.ok && of === this.#of) {
                this.zip = {size: Number(head.headers.get('Content-Length')), digest: hex(head.headers.get('Repr-Digest'))};
            }
        } catch (problem) {
            this.problem = problem;
        }
    }

    render() {
        if (!this.files) {
            return this.problem ? fault(this.problem) : html`<p aria-busy="true">${t('shell.loading')}</p>`;
        }
        const wanted = this.wanted.toLowerCase();
        const found = this.files.files.filter(file => file.path.toLowerCase().includes(wanted));
        return html`<div class="zip"><a role="button" href=${address(`downloads/${this.download.id}/zip`)} download>${icon('download')}${t('files.zip')}${this.zip?.size ? ` (${bytes(this.zip.size)})` : ''}</a>
                ${this.zip?.digest ? html`<span class="digest"><small>SHA-256</small><ww-copy .text=${this.zip.digest}></ww-copy></span>` : nothing}</div>
            <p class="sum"><span>${t('files.sum', {n: this.files.files.length, size: bytes(this.files.sizeBytes)})}</span>${this.files.files.length > 10
                ? html`<label><span class="unseen">${t('files.search')}</span><input type="search" placeholder=${t('files.search')} @input=${event => { this.wanted = event.target.value; this.shown = STEP; }}></label>` : nothing}</p>
            <div class="wide-table"><table class="files"><thead><tr><th scope="col">${t('files.path')}</th><th scope="col">${t('files.size')}</th><th scope="col">SHA-256</th></tr></thead>
                <tbody>${found.slice(0, this.shown).map(file => html`<tr><td><a href=${this.#link(file.path)} download>${file.path}</a></td><td>${bytes(file.sizeBytes)}</td>
                    <td><code title=${file.sha256}>${file.sha256.slice(0, 12)}…</code></td></tr>`)}</tbody></table></div>
            ${found.length === 0 ? html`<p>${t('files.none')}</p>` : nothing}
            ${found.length > this.shown ? html`<p><button type="button" class="secondary small" @click=${() => { this.shown += STEP * 10; }}>${t('files.more', {n: found.length - this.shown})}</button></p>` : nothing}`;
    }

    /** Each segment of a path by itself: a slash between them stays one. */
    #link(path) {
        return address(`downloads/${this.download.id}/files/${path.split('/').map(encodeURIComponent).join('/')}`);
    }
}
customElements.define('ww-files', Files);
