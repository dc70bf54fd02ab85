// The own account: what one may do, how much of it is used, the password, and how the page looks.
import {html, nothing} from '../vendor/lit.js';
import {curl} from '../core/api.js';
import {Element} from '../core/element.js';
import {exact} from '../core/format.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {act, toasts} from '../core/toasts.js';
import '../parts/forms.js';
import {fault, scopeWord, when} from '../parts/small.js';
import {usageMeters} from '../parts/usage.js';

await Promise.all([need('admin', 'server'), sheet('admin')]);

const PREFERENCES = {theme: ['auto', 'light', 'dark'], density: ['comfortable', 'compact'], language: ['auto', 'en', 'de']};

class Me extends Element {
    static properties = {problem: {state: true}};

    connectedCallback() {
        super.connectedCallback();
        this.watch(session, 'change');
        this.#refresh();
        this.every(30000, () => this.#refresh());
    }

    async #refresh() {
        try {
            await session.refresh();
            this.problem = null;
        } catch (problem) {
            this.problem = problem;
        }
    }

    render() {
        const {me} = session;
        return !me ? nothing : html`<div class="head"><h1>${t('page.me')}</h1></div>${fault(this.problem)}
            <div class="cards">
                <section class="card"><h2>${t('me.who')}</h2><dl class="facts"><dt>${t('user.email')}</dt><dd>${me.user.email}</dd><dt>${t('user.role')}</dt><dd>${t(`role.${me.user.role}.long`)}</dd>
                    <dt>${t('key.scopes')}</dt><dd>${me.scopes.map(scopeWord).join(', ')}</dd></dl>${this.#past(me)}</section>
                <section class="card"><h2>${t('dash.limits')}</h2>${usageMeters(me)}</section>
                <section class="card"><h2>${t('me.look')}</h2>${Object.entries(PREFERENCES).map(([name, values]) => html`<label>${t(`prefer.${name}`)}<select @change=${event => act(() => session.prefer({[name]: event.target.value}))}>
                    ${values.map(each => html`<option value=${each} .selected=${session.preferences[name] === each}>${t(`prefer.${name}.${each}`)}</option>`)}</select></label>`)}<small>${t('me.look.kept')}</small></section>
                <section class="card"><h2>${t('password.change')}</h2><ww-form .fields=${this.#fields()} .action=${t('password.change')} .send=${this.#change} .done=${() => toasts.say(t('me.password.changed'))}></ww-form></section>
            </div>
            <ww-api-call .lines=${[[t('me.call'), curl('GET', 'me')]]}></ww-api-call>`;
    }

    #past({lastLoginAt, failedLogins}) {
        return html`<h3>${t('me.past')}</h3><p>${lastLoginAt ? html`${t('me.last')} ${when(lastLoginAt)} <small>(${exact(lastLoginAt)})</small>` : t('me.first')}</p>
            ${failedLogins?.count > 0 ? html`<p class="fault">${t('me.failed', {n: failedLogins.count})} ${when(failedLogins.lastAt)}</p>` : failedLogins ? html`<p><small>${t('me.none-failed')}</small></p>` : nothing}`;
    }

    #fields() {
        return [{name: 'oldPassword', label: t('password.old'), type: 'password', complete: 'current-password', required: true, most: 128},
            {name: 'newPassword', label: t('password.new'), type: 'password', complete: 'new-password', required: true, most: 128, hint: t('password.rules')}];
    }

    #change = ({oldPassword, newPassword}) => session.changePassword(oldPassword, newPassword);
}
customElements.define('ww-me', Me);
