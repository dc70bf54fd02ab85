// What Steam Guard asks, with a box for the answer and the time that is left.
import {html, nothing} from '../vendor/lit.js';
import {Element} from '../core/element.js';
import {duration} from '../core/format.js';
import {t} from '../core/text.js';
import {fault} from './small.js';

/** `prompt` is {kind, hint, attempt, until}; `send(code)` answers it. An approval in the mobile app has nothing to type. */
class GuardBox extends Element {
    static properties = {prompt: {attribute: false}, send: {attribute: false}, problem: {state: true}, sent: {state: true}};

    connectedCallback() {
        super.connectedCallback();
        this.every(1000, () => this.requestUpdate());
    }

    willUpdate(changed) {
        if (changed.has('prompt') && changed.get('prompt')?.attempt !== this.prompt.attempt) {
            this.sent = false;
        }
    }

    render() {
        const {kind, hint, attempt, until} = this.prompt;
        return html`<form class="guard-box" @submit=${this.#submitted}>
            <p><strong>${t(`guard-box.${kind}`, {hint: hint ?? ''})}</strong> ${attempt > 1 ? html`<span class="wrong">${t('guard-box.again')}</span>` : nothing}</p>
            ${kind === 'mobile_approval' ? nothing : html`<div class="code"><input name="code" aria-label=${t('guard-box.code')} autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" required maxlength="10" size="8"
                ?disabled=${this.sent}><button aria-busy=${this.sent ? 'true' : nothing} ?disabled=${this.sent}>${t('guard-box.send')}</button></div>`}
            <small>${t('guard-box.left')} <span role="timer">${duration(Math.max(0, (new Date(until) - Date.now()) / 1000))}</span></small>${fault(this.problem)}</form>`;
    }

    firstUpdated() {
        this.querySelector('input')?.focus();
    }

    async #submitted(event) {
        event.preventDefault();
        this.problem = null;
        this.sent = true;
        try {
            await this.send(new FormData(event.target).get('code').trim().toUpperCase());
        } catch (problem) {
            this.problem = problem;
            this.sent = false;
        }
    }
}
customElements.define('ww-guard-box', GuardBox);
