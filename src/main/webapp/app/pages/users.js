// Users: who may come in, as what, and how much they may do.
import {html, nothing} from '../vendor/lit.js';
import {curl, get, patch, post, remove, tagOf} from '../core/api.js';
import {Element} from '../core/element.js';
import {bytes} from '../core/format.js';
import {owners} from '../core/owners.js';
import {route} from '../core/route.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {act, toasts} from '../core/toasts.js';
import {confirm, showSecret} from '../parts/dialogs.js';
import {askForm, limitFields, limitsInShort} from '../parts/forms.js';
import {chip, empty, icon, iconButton, when} from '../parts/small.js';
import '../parts/table.js';

await Promise.all([need('admin'), sheet('admin')]);

const GIB = 2 ** 30;

class Users extends Element {
    static properties = {id: {}};
    #columns = () => [
        {label: t('user.email'), cell: user => html`${user.email}${user.id === session.me?.user.id ? html` <small>${t('user.you')}</small>` : nothing}`},
        {label: t('user.role'), cell: user => t(`role.${user.role}`)},
        {label: t('user.state'), cell: user => !user.isActive ? chip('canceled', t('user.inactive')) : user.mustChangePassword ? chip('waiting', t('user.must-change')) : chip('success', t('user.active'))},
        {label: t('limit.title'), cell: user => this.#limits(user) || html`<small>${t('limit.default')}</small>`},
        {label: t('user.last-login'), cell: user => user.lastLoginAt ? when(user.lastLoginAt) : html`<small>${t('user.never')}</small>`},
        {label: t('table.actions'), class: 'actions', cell: user => html`
            ${iconButton('edit', t('user.edit', user), () => this.#edit(user.id))}
            ${iconButton('book', t('user.audit', user), () => route.go('audit', {userId: user.id}))}
            ${iconButton('leave', t('user.end-sessions', user), () => this.#endSessions(user))}
            ${iconButton('trash', t('user.delete', user), () => this.#delete(user), {disabled: user.id === session.me?.user.id})}`},
    ];

    connectedCallback() {
        super.connectedCallback();
        this.watch(route, 'change');
        this.watch(session, 'change');
    }

    updated(changed) {
        if (changed.has('id') && this.id) {
            // The address of one user, as other pages link to it.
            this.#edit(this.id).finally(() => route.path[1] === this.id && location.replace(route.href('users')));
        }
    }

    render() {
        const q = route.query.get('q') ?? '';
        return html`
            <div class="head"><h1>${t('page.users')}</h1><ww-search .label=${t('user.search')} .value=${q} .told=${text => route.filter({q: text})}></ww-search>
                ${session.may('admin:write') ? html`<button type="button" @click=${() => this.#create()}>${icon('plus')}${t('user.create')}</button>` : nothing}</div>
            <ww-paged .load=${this.#load} .filter=${q} .columns=${this.#columns()} .caption=${t('page.users')} .none=${empty(t('user.none', {q}), t('user.none.hint'))}></ww-paged>
            <ww-api-call .lines=${[[t('user.call.list'), curl('GET', 'admin/users', {query: {q}})],
                [t('user.call.create'), curl('POST', 'admin/users', {body: {email: 'ann@example.org', maxConcurrent: 2}})]]}></ww-api-call>`;
    }

    #load = async (offset, limit) => {
        const {users, pagination} = await get('admin/users', {q: route.query.get('q'), offset, limit});
        owners.learn(users);
        return {rows: users, ...pagination};
    };

    #limits(user) {
        return [limitsInShort(user), user.storageQuotaBytes === null ? '' : t('limit.storage.short', {size: bytes(user.storageQuotaBytes)})].filter(Boolean).join(' · ');
    }

    #fields(user) {
        return [
            {name: 'email', label: t('user.email'), value: user?.email, required: true, most: 254},
            {name: 'role', label: t('user.role'), kind: 'select', value: user?.role ?? 'user', options: ['user', 'admin'].map(role => [role, t(`role.${role}.long`)])},
            {name: 'password', label: t('user.password'), type: 'password', complete: 'new-password', most: 128, hint: t(user ? 'user.password.keep' : 'user.password.generate')},
            ...user ? [{name: 'isActive', label: t('user.is-active'), kind: 'check', value: user.isActive, hint: t('user.is-active.hint')}] : [],
            limitFields(user, [{name: 'storageQuotaBytes', label: t('limit.storage'), kind: 'number', scale: GIB, value: user?.storageQuotaBytes}]),
        ];
    }

    async #create() {
        const user = await askForm(t('user.create'), {fields: this.#fields(null), send: values => post('admin/users', values), action: t('user.create')});
        if (user) {
            this.#reload();
            if (user.generatedPassword) {
                await showSecret(t('user.created', user), t('user.created.password'), user.generatedPassword);
            } else {
                toasts.say(t('user.created', user));
            }
        }
    }

    async #edit(id) {
        const user = await act(() => get(`admin/users/${id}`));
        if (!user) {
            return;
        }
        const path = `admin/users/${user.id}`;
        if (await askForm(t('user.edit', user), {fields: this.#fields(user), send: (values, changes) => Object.keys(changes).length && patch(path, changes, tagOf(user))})) {
            this.#reload();
            toasts.say(t('user.changed', user));
        }
    }

    async #endSessions(user) {
        if (await confirm(t('user.end-sessions', user), t('user.end-sessions.text'), t('user.end-sessions.do'))) {
            await act(() => remove(`admin/users/${user.id}/sessions`), t('user.end-sessions.done', user));
        }
    }

    async #delete(user) {
        if (await confirm(t('user.delete', user), t('user.delete.text', user), t('user.delete.do', user))) {
            await act(() => remove(`admin/users/${user.id}`), t('user.deleted', user));
            this.#reload();
        }
    }

    #reload() {
        this.querySelector('ww-paged')?.reload();
    }
}
customElements.define('ww-users', Users);
