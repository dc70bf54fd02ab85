// Says that the queue is paused, to those who may know it, with a button to end that.
import {html, nothing} from '../vendor/lit.js';
import {get, post} from '../core/api.js';
import {Element} from '../core/element.js';
import {session} from '../core/session.js';
import {t} from '../core/text.js';
import {act} from '../core/toasts.js';
import {icon} from './small.js';

class Paused extends Element {
    static properties = {paused: {state: true}};

    connectedCallback() {
        super.connectedCallback();
        this.watch(session, 'change');
        this.every(30000, () => this.#look());
        this.#look();
    }

    render() {
        return this.paused ? html`<div class="notice paused" role="status">${icon('pause')}<span>${t('queue.paused')}</span>${session.may('admin:write')
            ? html`<button type="button" class="small" @click=${() => this.#resume()}>${t('queue.resume')}</button>` : nothing}</div>` : nothing;
    }

    async #look() {
        this.paused = session.isAdmin && (await get('admin/queue').catch(() => null))?.paused === true;
    }

    async #resume() {
        await act(() => post('admin/queue/resume'), t('queue.resumed'));
        this.#look();
    }
}
customElements.define('ww-paused', Paused);
