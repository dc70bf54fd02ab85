// Steam Guard asks a person: loud, with the field in hand and the time that is left.
import {html, nothing} from '../vendor/lit.js';
import {Element} from '../core/element.js';
import {duration} from '../core/format.js';
import {t} from '../core/text.js';
import {fault, icon} from './small.js';

/** `prompt` is {kind, hint, attempt, until}, as downloads and Steam accounts have it; `send(code)` answers it. */
/** Two may ask on one page; each has names of its own. */
let made = 0;

class Guard extends Element {
    static properties = {prompt: {attribute: false}, send: {attribute: false}, problem: {state: true}, busy: {state: true}, sent: {state: true}};
    #asked = null;
    #name = `guard-${++made}`;

    connectedCallback() {
        super.connectedCallback();
        this.every(1000, () => this.requestUpdate());
    }

    /** A new question, such as after a wrong code, takes the old answer's place. */
    willUpdate() {
        const {attempt, kind, until} = this.prompt;
        const asked = `${kind} ${attempt} ${until}`;
        if (asked !== this.#asked) {
            this.#asked = asked;
            this.sent = false;
            this.problem = null;
            this.updateComplete.then(() => this.querySelector('input')?.focus());
        }
    }

    render() {
        const {kind, hint, attempt, until} = this.prompt;
        const left = Math.max(0, (new Date(until) - Date.now()) / 1000);
        return html`<section class="guard ${left < 60 ? 'soon' : ''}" aria-labelledby="${this.#name}-title">${icon('shield')}<div>
            <h2 id="${this.#name}-title">${t(`guard.${kind}`)}</h2>
            <p>${t(`guard.${kind}.hint`, {hint: hint || t('guard.your-mail')})}${attempt > 1 ? html` <b>${t('guard.wrong')}</b>` : nothing}</p>
            ${kind === 'mobile_approval' ? html`<p aria-busy="true">${t('guard.waits')}</p>` : html`<form @submit=${event => this.#answer(event)}>
                <input class="guard-code" aria-label=${t('guard.code')} name="code" required maxlength="10" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" placeholder=${t('guard.code')} aria-invalid=${this.problem ? 'true' : nothing}>
                <button aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>${t('guard.send')}</button></form>
                ${this.sent ? html`<p role="status" aria-busy="true">${t('guard.sent')}</p>` : nothing}`}
            ${fault(this.problem)}
            <p class="until"><progress max="300" value=${Math.min(300, left)} aria-label=${t('guard.time')}></progress><span role="timer">${left > 0 ? t('guard.left', {time: duration(left)}) : t('guard.over')}</span></p></div></section>`;
    }

    async #answer(event) {
        event.preventDefault();
        const field = event.target.elements.code;
        this.busy = true;
        this.problem = null;
        try {
            await this.send(field.value.trim().toUpperCase());
            this.sent = true;
            field.value = '';
        } catch (problem) {
            this.problem = problem;
            field.focus();
        } finally {
            this.busy = false;
        }
    }
}
customElements.define('ww-guard', Guard);
