// API keys: what programs come in with.
import {html, nothing} from '../vendor/lit.js';
import {curl, get, patch, post, remove, tagOf} from '../core/api.js';
import {Element} from '../core/element.js';
import {number} from '../core/format.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {act, toasts} from '../core/toasts.js';
import {confirm, showSecret} from '../parts/dialogs.js';
import {askForm, limitFields, limitsInShort} from '../parts/forms.js';
import {idOf, suggestions} from '../parts/people.js';
import {bars, chip, empty, fault, icon, iconButton, meter, scopeWord, when} from '../parts/small.js';
import '../parts/table.js';

await Promise.all([need('admin'), sheet('admin')]);

const SCOPES = ['download:*', 'download:read', 'download:write', 'download:export', 'admin:*', 'admin:read', 'admin:write'];
const GRACE = {0: 'key.grace.none', 3600: 'key.grace.hour', 86400: 'key.grace.day', 604800: 'key.grace.week'};
const DAYS = 30;

const over = key => key.expiresAt && new Date(key.expiresAt) <= new Date();
const text = key => html`<code>${key.prefix}…${key.lastFour}</code>`;
const state = key => key.revokedAt ? chip('failed', t('key.gone')) : over(key) ? chip('failed', t('key.expired')) : key.isActive ? chip('success', t('key.active')) : chip('canceled', t('key.inactive'));

class Keys extends Element {
    static properties = {id: {}, key: {state: true}, usage: {state: true}, problem: {state: true}};
    #columns = () => [
        {label: t('key.name'), cell: key => html`<a href="#/keys/${key.id}">${key.name}</a><br>${text(key)}${key.kind === 'test' ? html` ${chip('waiting', t('key.kind.test'))}` : nothing}`},
        {label: t('key.owner'), cell: key => html`<ww-who .user=${key.userId}></ww-who>`},
        {label: t('key.scopes'), cell: key => key.scopes.map(scopeWord).join(', ')},
        {label: t('key.state'), cell: key => html`${state(key)}${key.expiresAt ? html`<br><small>${t(over(key) ? 'key.expired.at' : 'key.expires')} ${when(key.expiresAt)}</small>` : nothing}`},
        {label: t('key.used'), cell: key => html`<span class="nowrap">${t('key.requests', {n: key.requestCount})}</span><br><small>${key.lastUsedAt ? when(key.lastUsedAt) : t('user.never')}</small>`},
        {label: t('table.actions'), class: 'actions', cell: key => this.#actions(key)},
    ];

    connectedCallback() {
        super.connectedCallback();
        this.watch(session, 'change');
    }

    willUpdate(changed) {
        if (changed.has('id')) {
            this.key = this.usage = this.problem = null;
            if (this.id) {
                this.#open();
            }
        }
    }

    render() {
        return this.id ? this.#one() : html`
            <div class="head"><h1>${t('page.keys')}</h1>${session.may('admin:write') ? html`<button type="button" @click=${() => this.#create()}>${icon('plus')}${t('key.create')}</button>` : nothing}</div>
            <ww-paged .load=${this.#load} .columns=${this.#columns()} .caption=${t('page.keys')} .none=${empty(t('key.none'), t('key.none.hint'), html`<button type="button" @click=${() => this.#create()}>${t('key.create')}</button>`)}></ww-paged>
            <ww-api-call .lines=${[[t('key.call.list'), curl('GET', 'admin/api-keys')], [t('key.call.create'), curl('POST', 'admin/api-keys', {body: {name: 'my script', scopes: ['download:*']}})]]}></ww-api-call>`;
    }

    #one() {
        const key = this.key;
        return html`<p class="back"><a href="#/keys">${icon('before')} ${t('key.back')}</a></p>${fault(this.problem)}${!key ? this.problem ? nothing : html`<p aria-busy="true">${t('shell.loading')}</p>` : html`
            <div class="head"><h1>${key.name}</h1>${state(key)}<div class="actions">${this.#actions(key)}</div></div>
            <div class="cards">
                <section class="card"><h2>${t('key.about')}</h2><dl class="facts">
                    <dt>${t('key.text')}</dt><dd>${text(key)}</dd>
                    <dt>${t('key.kind')}</dt><dd>${t(`key.kind.${key.kind}.long`)}</dd>
                    <dt>${t('key.owner')}</dt><dd><ww-who .user=${key.userId}></ww-who></dd>
                    <dt>${t('key.scopes')}</dt><dd>${key.scopes.map(scopeWord).join(', ')}</dd>
                    <dt>${t('limit.title')}</dt><dd>${limitsInShort(key) || t('limit.default')}</dd>
                    <dt>${t('key.addresses')}</dt><dd>${key.ipAllow?.length ? key.ipAllow.join(', ') : t('key.addresses.any')}</dd>
                    <dt>${t('key.ends')}</dt><dd>${key.expiresAt ? when(key.expiresAt) : t('user.never')}</dd>
                    <dt>${t('user.created-at')}</dt><dd>${when(key.createdAt)}</dd>
                    <dt>${t('key.last-used')}</dt><dd>${key.lastUsedAt ? when(key.lastUsedAt) : t('user.never')}</dd></dl></section>
                <section class="card"><h2>${t('key.usage')}</h2>${this.usage ? this.#used(key) : html`<p aria-busy="true">${t('shell.loading')}</p>`}</section>
            </div>
            <ww-api-call .lines=${[[t('key.call.usage'), curl('GET', `admin/api-keys/${key.id}/usage`)], [t('key.call.rotate'), curl('POST', `admin/api-keys/${key.id}/rotate`, {body: {graceSeconds: 86400}})]]}></ww-api-call>`}`;
    }

    #used(key) {
        const sums = {day: new Map(), endpoint: new Map()};
        for (const entry of this.usage) {
            for (const by of ['day', 'endpoint']) {
                sums[by].set(entry[by], (sums[by].get(entry[by]) ?? 0) + entry.requests);
            }
        }
        const today = new Date().toISOString().slice(0, 10);
        const month = this.usage.filter(entry => entry.day.slice(0, 7) === today.slice(0, 7)).reduce((sum, entry) => sum + entry.requests, 0);
        const days = [...sums.day].sort().reverse();
        const endpoints = [...sums.endpoint].sort((a, b) => b[1] - a[1]).slice(0, 8);
        return html`${meter(t('key.usage.today'), sums.day.get(today) ?? 0, key.quotaDaily, number)}${meter(t('key.usage.month'), month, key.quotaMonthly, number)}
            ${days.length === 0 ? html`<p><small>${t('key.usage.none')}</small></p>` : html`
                <h3>${t('key.usage.days', {n: DAYS})}</h3>${bars(days)}<h3>${t('key.usage.endpoints')}</h3>${bars(endpoints)}`}`;
    }

    #actions(key) {
        return session.may('admin:write') && !key.revokedAt ? html`
            ${iconButton('edit', t('key.edit', key), () => this.#edit(key))}
            ${iconButton(key.isActive ? 'pause' : 'play', t(key.isActive ? 'key.deactivate' : 'key.activate', key), () => this.#activate(key, !key.isActive))}
            ${iconButton('retry', t('key.rotate', key), () => this.#rotate(key))}
            ${iconButton('trash', t('key.revoke', key), () => this.#revoke(key))}` : nothing;
    }

    #load = async (offset, limit) => {
        const {apiKeys, pagination} = await get('admin/api-keys', {offset, limit});
        return {rows: apiKeys, ...pagination};
    };

    async #open() {
        const id = this.id;
        try {
            const startDate = new Date(Math.min(Date.now() - (DAYS - 1) * 86400000, new Date().setUTCDate(1))).toISOString().slice(0, 10);
            const [key, {usage}] = await Promise.all([get(`admin/api-keys/${id}`), get(`admin/api-keys/${id}/usage`, {startDate})]);
            if (id === this.id) {
                Object.assign(this, {key, usage});
            }
        } catch (problem) {
            this.problem = problem;
        }
    }

    #fields(key, emails = []) {
        return [
            {name: 'name', label: t('key.name'), value: key?.name, required: true, most: 100, hint: t('key.name.hint')},
            {name: 'scopes', label: t('key.scopes'), kind: 'checks', value: key?.scopes ?? (key ? [] : ['download:*']), options: SCOPES.map(scope => [scope, scopeWord(scope), scope])},
            ...key ? [] : [
                {name: 'kind', label: t('key.kind'), kind: 'select', value: 'live', options: ['live', 'test'].map(kind => [kind, t(`key.kind.${kind}.long`)])},
                {name: 'userId', label: t('key.owner'), list: emails, hint: t('key.owner.hint')}],
            {name: 'expiresAt', label: t('key.ends'), kind: 'time', value: key?.expiresAt, hint: t('key.ends.hint')},
            {name: 'ipAllow', label: t('key.addresses'), kind: 'lines', value: key?.ipAllow ?? [], hint: t('key.addresses.hint')},
            limitFields(key),
        ];
    }

    async #create() {
        const emails = await suggestions().catch(() => []);
        const created = await askForm(t('key.create'), {fields: this.#fields(null, emails), action: t('key.create'),
            send: async values => post('admin/api-keys', {...values, ...values.userId ? {userId: await idOf(values.userId, 'userId')} : {}})});
        if (created) {
            this.#reload();
            await showSecret(t('key.created', created.apiKey), t('key.created.text'), created.key);
        }
    }

    async #edit({id}) {
        const key = await act(() => get(`admin/api-keys/${id}`));
        if (key && await askForm(t('key.edit', key), {fields: this.#fields(key), send: (values, changes) => Object.keys(changes).length && patch(`admin/api-keys/${id}`, changes, tagOf(key))})) {
            this.#reload();
            toasts.say(t('key.changed', key));
        }
    }

    async #activate(key, isActive) {
        await act(() => patch(`admin/api-keys/${key.id}`, {isActive}), t(isActive ? 'key.activated' : 'key.deactivated', key));
        this.#reload();
    }

    async #rotate(key) {
        const created = await askForm(t('key.rotate', key), {intro: html`<p>${t('key.rotate.text')}</p>`, action: t('key.rotate.do'),
            fields: [{name: 'graceSeconds', label: t('key.grace'), kind: 'select', value: '86400', options: Object.entries(GRACE).map(([seconds, word]) => [seconds, t(word)])}],
            send: ({graceSeconds}) => post(`admin/api-keys/${key.id}/rotate`, {graceSeconds: Number(graceSeconds)})});
        if (created) {
            this.#reload();
            await showSecret(t('key.rotated', key), t('key.created.text'), created.key);
        }
    }

    async #revoke(key) {
        if (await confirm(t('key.revoke', key), t('key.revoke.text', key), t('key.revoke.do'))) {
            const gone = await act(async () => { await remove(`admin/api-keys/${key.id}`); return true; }, t('key.revoked', key));
            if (gone && this.id) {
                location.hash = '#/keys';
            } else {
                this.#reload();
            }
        }
    }

    #reload() {
        if (this.id) {
            this.#open();
        } else {
            this.querySelector('ww-paged')?.reload();
        }
    }
}
customElements.define('ww-keys', Keys);
