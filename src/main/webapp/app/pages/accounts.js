// Steam accounts: who logs in to Steam, how that stands, and what a person has to do.
import {html, nothing} from '../vendor/lit.js';
import {curl, get, patch, post, remove, tagOf} from '../core/api.js';
import {Element} from '../core/element.js';
import {exact, number} from '../core/format.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {act, toasts} from '../core/toasts.js';
import {confirm} from '../parts/dialogs.js';
import {askForm} from '../parts/forms.js';
import '../parts/guard.js';
import {idOf, suggestions} from '../parts/people.js';
import {chip, empty, fault, icon, iconButton, meter, when, word} from '../parts/small.js';

await Promise.all([need('admin', 'server'), sheet('admin')]);

const PAGE = 50;
const later = time => time && new Date(time) > new Date();

/** The one word that says how an account stands, the most pressing first: its class and its sentence. */
function standing(account) {
    const at = time => ({time: new Date(time).toLocaleString(document.documentElement.lang, {timeStyle: 'short', dateStyle: new Date(time).toDateString() === new Date().toDateString() ? undefined : 'short'})});
    if (account.status !== 'active') {
        return ['canceled', t(`account.status.${account.status}`)];
    }
    if (account.guard) {
        return ['needsInput', t('account.asks')];
    }
    if (account.needsLogin) {
        return ['failed', t('account.needs-help')];
    }
    if (later(account.rateLimitedUntil)) {
        return ['waiting', t('account.rate-limited', at(account.rateLimitedUntil))];
    }
    return later(account.nextLoginAt) ? ['waiting', t('account.waits', at(account.nextLoginAt))] : ['success', t('account.ready')];
}

/** The fields of an account, also for the first run. Secrets are never shown: what is left empty stays as it is. */
export const accountFields = (account, emails = []) => [
    {name: 'alias', label: t('account.alias'), value: account?.alias, required: true, most: 64, hint: t('account.alias.hint')},
    {name: 'loginName', label: t('account.login'), value: account?.loginName, required: true, most: 64, hint: t('account.login.hint')},
    {name: 'password', label: t('account.password'), type: 'password', complete: 'new-password', required: !account, hint: account ? t('account.password.keep') : t('account.password.hint')},
    {label: t('account.more'), fields: [
        {name: 'displayName', label: t('account.display'), value: account?.displayName, most: 200},
        ...account ? [{name: 'status', label: t('account.status'), kind: 'select', value: account.status, options: ['active', 'inactive', 'banned'].map(status => [status, t(`account.status.${status}`)])}] : [],
        {name: 'ownerId', label: t('account.owner'), value: account?.ownerEmail ?? null, list: emails, hint: t('account.owner.hint')},
        {name: 'sharedSecret', label: t('account.secret'), type: 'password', complete: 'off', hint: t(account?.hasSharedSecret ? 'account.secret.keep' : 'account.secret.hint')},
        ...account?.hasSharedSecret ? [{name: 'forget', label: t('account.secret.forget'), kind: 'check'}] : [],
    ]},
];

class Accounts extends Element {
    static properties = {id: {}, accounts: {state: true}, total: {state: true}, problem: {state: true}, most: {state: true}, refused: {state: true}};

    connectedCallback() {
        super.connectedCallback();
        this.most = PAGE;
        this.watch(session, 'change');
        this.#load();
        // A test login ends within seconds: it is watched closely, all else is not.
        this.every(2000, () => this.#busy && this.#load());
        this.every(20000, () => this.#busy || this.#load());
    }

    get #busy() {
        return this.accounts?.some(account => account.test?.result === 'running' || account.guard);
    }

    render() {
        return html`
            <div class="head"><h1>${t('page.accounts')}</h1>${this.#may ? html`<button type="button" @click=${() => this.#edit()}>${icon('plus')}${t('account.add')}</button>` : nothing}</div>
            <p class="notice">${t('account.licence')}</p>
            ${fault(this.problem)}
            ${!this.accounts ? this.problem ? nothing : html`<p aria-busy="true">${t('shell.loading')}</p>`
                : this.accounts.length === 0 ? empty(t('account.none'), t('account.none.hint'), this.#may ? html`<button type="button" @click=${() => this.#edit()}>${t('account.add')}</button>` : nothing)
                    : html`<div class="cards wide-cards">${this.accounts.map(account => this.#card(account))}</div>
                        ${this.total > this.accounts.length ? html`<button type="button" class="secondary" @click=${() => { this.most += PAGE; this.#load(); }}>${t('account.show-more', {n: this.total - this.accounts.length})}</button>` : nothing}`}
            <ww-api-call .lines=${[[t('account.call.list'), curl('GET', 'admin/steam-users')],
                [t('account.call.create'), curl('POST', 'admin/steam-users', {body: {alias: 'main', loginName: 'my_steam_login', password: '…'}})]]}></ww-api-call>`;
    }

    get #may() {
        return session.may('admin:write');
    }

    #card(account) {
        const [kind, text] = standing(account);
        return html`<section class="card account" aria-labelledby="account-${account.id}">
            <header><h2 id="account-${account.id}">${account.alias}</h2>${chip(kind, text)}</header>
            <p><small>${t('account.logs-in-as', {name: account.loginName})}${account.displayName ? ` · ${account.displayName}` : ''}${account.ownerId ? html` · ${t('account.only')} <ww-who .user=${account.ownerId}></ww-who>` : nothing}</small></p>
            ${account.guard ? html`<ww-guard .prompt=${account.guard} .send=${code => this.#answer(account, code)}></ww-guard>` : nothing}
            ${account.needsLogin && !account.guard ? html`<div class="fault"><p><strong>${word('reason', account.needsLogin)}</strong></p><p>${t(account.needsLogin === 'wrong_password' ? 'account.help.password' : 'account.help.test')}</p></div>` : nothing}
            ${later(account.rateLimitedUntil) ? html`<p><small>${t('account.rate-limited.why', {time: exact(account.rateLimitedUntil)})}</small></p>` : nothing}
            ${meter(t('account.budget'), account.loginsLastHour, account.budget, number)}
            <dl class="facts">
                <dt>${t('account.apps')}</dt><dd>${account.appsWorking.length ? account.appsWorking.join(', ') : html`<small>${t('account.apps.none')}</small>`}</dd>
                ${account.appsRefused.length ? html`<dt>${t('account.apps.refused')}</dt><dd>${account.appsRefused.join(', ')}</dd>` : nothing}
                <dt>${t('account.last-login')}</dt><dd>${account.lastUsedAt ? when(account.lastUsedAt) : t('user.never')}</dd>
                <dt>${t('account.codes')}</dt><dd>${t(account.hasSharedSecret ? 'account.codes.server' : 'account.codes.person')}</dd></dl>
            ${this.#test(account.test)}${this.refused?.id === account.id ? fault(this.refused.problem) : nothing}
            ${this.#may ? html`<footer><button type="button" class="small" aria-busy=${account.test?.result === 'running' ? 'true' : nothing} ?disabled=${account.test?.result === 'running'}
                    @click=${() => this.#begin(account)}>${t('account.test')}</button>
                ${iconButton('edit', t('account.edit', account), () => this.#edit(account))}${iconButton('trash', t('account.delete', account), () => this.#delete(account))}</footer>` : nothing}</section>`;
    }

    #test(test) {
        if (!test) {
            return nothing;
        }
        const kind = test.result === 'running' ? 'running' : test.result === 'success' ? 'success' : 'failed';
        return html`<p class="test" role="status">${t('account.tested')} ${chip(kind, word('reason', test.result))} ${when(test.startedAt)}${test.detail ? html`<br>${test.detail}` : nothing}</p>`;
    }

    async #load() {
        try {
            const {steamUsers, pagination} = await get('admin/steam-users', {limit: Math.min(this.most, 200)});
            Object.assign(this, {accounts: steamUsers, total: pagination.total, problem: null});
        } catch (problem) {
            this.problem = problem;
        }
    }

    async #begin(account) {
        this.refused = null;
        try {
            await post(`admin/steam-users/${account.id}/test`);
            toasts.say(t('account.test.begun', account));
        } catch (problem) {
            this.refused = {id: account.id, problem};
        }
        this.#load();
    }

    async #answer(account, code) {
        await post(`admin/steam-users/${account.id}/steam-guard`, {code});
        this.#load();
    }

    async #edit({id} = {}) {
        const account = id ? await act(() => get(`admin/steam-users/${id}`)) : null;
        if (id && !account) {
            return;
        }
        const emails = await suggestions().catch(() => []);
        if (account?.ownerId) {
            account.ownerEmail = (await get(`admin/users/${account.ownerId}`).catch(() => ({email: null}))).email;
        }
        const done = await askForm(account ? t('account.edit', account) : t('account.add'), {
            intro: account ? nothing : html`<p>${t('account.licence')}</p>`, fields: accountFields(account, emails), action: account ? t('action.save') : t('account.add'),
            send: async (values, {forget, ...changes}) => {
                if (changes.ownerId) {
                    changes.ownerId = await idOf(changes.ownerId, 'ownerId');
                }
                if (forget) {
                    changes.sharedSecret = '';
                }
                return account ? Object.keys(changes).length && patch(`admin/steam-users/${id}`, changes, tagOf(account)) : post('admin/steam-users', changes);
            }});
        if (done) {
            toasts.say(t(account ? 'account.changed' : 'account.added', account ?? done));
            this.#load();
        }
    }

    async #delete(account) {
        if (await confirm(t('account.delete', account), t('account.delete.text', account), t('account.delete.do'))) {
            await act(() => remove(`admin/steam-users/${account.id}`), t('account.deleted', account));
            this.#load();
        }
    }
}
customElements.define('ww-accounts', Accounts);
