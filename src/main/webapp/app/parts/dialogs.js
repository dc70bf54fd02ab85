// Asking: native dialogs, made when they are needed and gone with their answer.
import {html, nothing} from '../vendor/lit.js';
import {Element} from '../core/element.js';
import {t} from '../core/text.js';
import {fault, iconButton} from './small.js';

/** A dialog with a title. What it holds is a function of the dialog itself, which redraws it with `requestUpdate` and ends it with `close(value)`. */
export class Dialog extends Element {
    static properties = {heading: {}, content: {attribute: false}, wide: {type: Boolean}, firm: {type: Boolean}, problem: {state: true}, busy: {state: true}};

    render() {
        return html`<dialog aria-labelledby="dialog-heading" @close=${() => this.close(undefined)} @cancel=${event => this.firm && event.preventDefault()} @pointerdown=${event => { this.beside = event.target === event.currentTarget; }}
            @click=${event => this.beside && !this.firm && event.target === event.currentTarget && this.close(undefined)}>
            <article class=${this.wide ? 'wide' : ''}>
                <header><h2 id="dialog-heading">${this.heading}</h2>${iconButton('close', t('action.close'), () => this.close(undefined))}</header>
                ${this.content(this)}
                ${fault(this.problem)}
            </article></dialog>`;
    }

    /** A press beside it closes it, but not one that began inside, as when a text is selected. */
    beside = false;

    connectedCallback() {
        super.connectedCallback();
        // It belongs to the page that it was opened on, but what is shown once, or was typed, is not lost by a step back.
        this.watch(window, 'hashchange', () => this.firm || this.close(undefined));
    }

    firstUpdated() {
        this.from = document.activeElement;
        this.querySelector('dialog').showModal();
    }

    /** Ends it with an answer; `undefined` is none. */
    close(value) {
        if (this.isConnected) {
            this.remove();
            // Where the keyboard was; a browser finds it back only for a dialog that stays in the page.
            if (this.from?.isConnected) {
                this.from.focus({preventScroll: true});
            }
            this.answer(value);
        }
    }

    /** Does it, shows why it could not be done, and ends the dialog with the result when it was. */
    async attempt(work) {
        this.busy = true;
        this.problem = null;
        try {
            this.close(await work() ?? true);
        } catch (problem) {
            this.problem = problem;
        } finally {
            this.busy = false;
        }
    }
}
customElements.define('ww-dialog', Dialog);

/** Opens a dialog and gives its answer, undefined when it was closed without one. A `firm` one ends by its buttons only. */
export function ask(heading, content, {wide = false, firm = false} = {}) {
    return new Promise(resolve => {
        const dialog = Object.assign(document.createElement('ww-dialog'), {heading, content, wide, firm, answer: resolve});
        document.body.append(dialog);
    });
}

/** Asks before what cannot be undone, naming the thing: true when the user wants it. */
export const confirm = (heading, text, action, {danger = true} = {}) => ask(heading, dialog => html`<p>${text}</p>
    <footer><button type="button" class="secondary" ?autofocus=${danger} @click=${() => dialog.close(undefined)}>${t(danger ? 'action.keep' : 'action.cancel')}</button>
    <button type="button" class=${danger ? 'danger' : ''} ?autofocus=${!danger} @click=${() => dialog.close(true)}>${action}</button></footer>`);

/** Shows something that is shown once, with a button that copies it. */
export const showSecret = (heading, text, secret) => ask(heading, dialog => html`<p>${text}</p>
    <ww-copy .text=${secret}></ww-copy>
    <footer><button type="button" @click=${() => dialog.close(true)}>${t('action.noted')}</button></footer>`, {firm: true});

/** A text to copy: its line, and a button that says when it did. */
class Copy extends Element {
    static properties = {text: {}, label: {}, done: {state: true}};

    render() {
        return html`<div class="copy"><code tabindex="0">${this.text}</code>
            <button type="button" class="secondary small" @click=${this.#copy}>${this.done ? t('copy.done') : this.label ?? t('copy.copy')}</button>
            <span class="unseen" role="status">${this.done ? t('copy.done') : nothing}</span></div>`;
    }

    async #copy() {
        try {
            await navigator.clipboard.writeText(this.text);
        } catch {
            // Without HTTPS there is no clipboard: the text is selected instead.
            getSelection().selectAllChildren(this.querySelector('code'));
            return;
        }
        this.done = true;
        setTimeout(() => { this.done = false; }, 2000);
    }
}
customElements.define('ww-copy', Copy);

/** "Show API call": the curl line behind what a page shows or does. */
class ApiCall extends Element {
    static properties = {lines: {attribute: false}};

    render() {
        return html`<details class="api-call"><summary>${t('curl.show')}</summary>
            ${this.lines.map(([what, line]) => html`<p><small>${what}</small></p><ww-copy .text=${line}></ww-copy>`)}
            <p><small>${t('curl.key')} <a href="docs" target="_blank" rel="noopener">${t('curl.docs')}</a></small></p></details>`;
    }
}
customElements.define('ww-api-call', ApiCall);
