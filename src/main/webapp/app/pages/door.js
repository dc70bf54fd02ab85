// Before anybody is in: login, the change of a password that was given, and the first administrator.
import {html, nothing} from '../vendor/lit.js';
import {post} from '../core/api.js';
import {Element} from '../core/element.js';
import {session} from '../core/session.js';
import {t} from '../core/text.js';
import {act} from '../core/toasts.js';
import {fault} from '../parts/small.js';

/** A form that does one thing, and shows in its place why it could not be done. */
class Form extends Element {
    static properties = {problem: {state: true}, busy: {state: true}};

    form(content, action) {
        return html`<form @submit=${event => this.#submitted(event)}>${content}${fault(this.problem)}
            <button aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>${action}</button></form>`;
    }

    async #submitted(event) {
        event.preventDefault();
        this.busy = true;
        this.problem = null;
        try {
            await this.send(Object.fromEntries(new FormData(event.target)));
        } catch (problem) {
            this.problem = problem;
        } finally {
            this.busy = false;
        }
    }

    firstUpdated() {
        this.querySelector('input')?.focus();
    }
}

const password = (name, label, complete, hint = nothing) => html`<label>${label}<input type="password" name=${name} required maxlength="128" autocomplete=${complete}>${hint}</label>`;

class Login extends Form {
    render() {
        return html`${session.ended ? html`<p class="notice" role="status">${t('session.ended')}</p>` : nothing}${this.form(html`
            <label>${t('session.email')}<input type="text" name="email" inputmode="email" required autocomplete="username" maxlength="254"></label>
            ${password('password', t('session.password'), 'current-password')}`, t('session.login'))}`;
    }

    send({email, password: secret}) {
        return session.login(email, secret);
    }
}
customElements.define('ww-login', Login);

class Password extends Form {
    render() {
        return html`<h2>${t('password.title')}</h2><p>${t('password.why')}</p>${this.form(html`
            <input type="text" name="email" value=${session.me?.user.email ?? ''} autocomplete="username" hidden>
            ${password('oldPassword', t('password.old'), 'current-password')}
            ${password('newPassword', t('password.new'), 'new-password', html`<small>${t('password.rules')}</small>`)}`, t('password.change'))}
            <p><button type="button" class="secondary small" @click=${() => act(() => session.logout())}>${t('session.logout')}</button></p>`;
    }

    send({oldPassword, newPassword}) {
        return session.changePassword(oldPassword, newPassword);
    }
}
customElements.define('ww-password', Password);

class Setup extends Form {
    render() {
        return html`<ol class="steps"><li aria-current="step">${t('setup.step.admin')}</li><li>${t('setup.step.engine')}</li><li>${t('setup.step.account')}</li><li>${t('setup.step.first')}</li></ol>
            <h2>${t('setup.title')}</h2><p>${t('setup.why')}</p>${this.form(html`
            <label>${t('setup.token')}<input name="token" required autocomplete="one-time-code" spellcheck="false"><small>${t('setup.token.where')}</small></label>
            <label>${t('session.email')}<input type="text" name="email" inputmode="email" required autocomplete="username" maxlength="254"></label>
            ${password('password', t('session.password'), 'new-password', html`<small>${t('password.rules')}</small>`)}`, t('setup.create'))}`;
    }

    async send({token, email, password: secret}) {
        await post('setup', {token: token.trim(), email, password: secret});
        location.hash = '#/welcome';
        await session.login(email, secret);
    }
}
customElements.define('ww-setup', Setup);
