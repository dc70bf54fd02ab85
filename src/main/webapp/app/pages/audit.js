// The audit log: who did what, when, from where, and what it changed.
import {html, nothing} from '../vendor/lit.js';
import {address, curl, get} from '../core/api.js';
import {Element} from '../core/element.js';
import {exact, number} from '../core/format.js';
import {owners} from '../core/owners.js';
import {route} from '../core/route.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {idOf, suggestions} from '../parts/people.js';
import {chip, empty, fault, when} from '../parts/small.js';
import '../parts/table.js';

await Promise.all([need('admin'), sheet('admin')]);

const ACTIONS = ['audit.broken', 'batch.read', 'download.*', 'download.cancel', 'download.create', 'download.delete', 'download.read', 'download.retry', 'download.update', 'key.*', 'key.change', 'key.create',
    'key.revoke', 'key.rotate', 'queue.pause', 'queue.resume', 'secrets.rotate', 'session.*', 'session.end', 'session.end-all', 'session.reuse', 'session.start', 'steam-guard.answer',
    'steam-user.*', 'steam-user.create', 'steam-user.delete', 'steam-user.password', 'steam-user.test', 'steam-user.update', 'user.*', 'user.create', 'user.delete', 'user.password', 'user.update'];
const FILTER = ['userId', 'action', 'startDate', 'endDate'];
const PAGES = {users: 'users', 'api-keys': 'keys', 'steam-users': 'accounts', downloads: 'download'};

class Audit extends Element {
    static properties = {emails: {state: true}, problem: {state: true}, proof: {state: true}, proving: {state: true}};
    #columns = () => [
        {label: t('audit.when'), cell: entry => html`<span class="nowrap">${when(entry.writtenAt)}</span><br><small>${exact(entry.writtenAt)}</small>`},
        {label: t('audit.who'), cell: entry => html`${entry.userId ? html`<ww-who .user=${entry.userId}></ww-who>` : t('audit.nobody')}
            ${entry.keyId ? html`<br><small>${t('audit.by-key')} <a href="#/keys/${entry.keyId}">${entry.keyId.slice(0, 8)}…</a></small>` : nothing}<br><small>${entry.address}</small>`},
        {label: t('audit.what'), cell: entry => html`<strong>${entry.action}</strong> ${entry.result === 'refused' ? chip('failed', t('audit.refused')) : nothing}<br><small>${subject(entry.subject)}</small>${entry.detail ? html`<br>${entry.detail}` : nothing}`},
        {label: t('audit.changes'), class: 'changes', cell: entry => difference(entry)},
    ];

    connectedCallback() {
        super.connectedCallback();
        this.watch(route, 'change');
        this.watch(owners, 'change');
        this.watch(session, 'change');
        suggestions().then(emails => { this.emails = emails; }, () => {});
    }

    get #filter() {
        return Object.fromEntries(FILTER.map(name => [name, route.query.get(name) ?? '']));
    }

    render() {
        const filter = this.#filter;
        const filtered = Object.values(filter).some(Boolean);
        return html`
            <div class="head"><h1>${t('page.audit')}</h1>
                ${['ndjson', 'csv'].map(format => html`<a role="button" class="secondary small" download href=${address('admin/audit-logs/export', {...filter, format})}>${t(`audit.export.${format}`)}</a>`)}
                <button type="button" class="small" aria-busy=${this.proving ? 'true' : nothing} ?disabled=${this.proving} @click=${() => this.#verify()}>${t('audit.verify')}</button></div>
            ${this.#proof()}
            <form class="filter" aria-label=${t('audit.search')} @submit=${event => { event.preventDefault(); this.#search(event.target); }}>
                <label>${t('audit.user')}<input name="user" list="audit-users" value=${filter.userId ? owners.address(filter.userId) : ''} autocomplete="off" spellcheck="false"><datalist id="audit-users">${(this.emails ?? []).map(email => html`<option value=${email}></option>`)}</datalist></label>
                <label>${t('audit.action')}<input name="action" list="audit-actions" value=${filter.action} autocomplete="off" spellcheck="false" placeholder="key.*"><datalist id="audit-actions">${ACTIONS.map(action => html`<option value=${action}></option>`)}</datalist></label>
                <label>${t('audit.from')}<input name="startDate" type="date" value=${filter.startDate.slice(0, 10)}></label>
                <label>${t('audit.until')}<input name="endDate" type="date" value=${filter.endDate.slice(0, 10)}></label>
                <button>${t('audit.search')}</button>${filtered ? html`<button type="button" class="secondary" @click=${() => this.#clear()}>${t('audit.clear')}</button>` : nothing}</form>
            ${fault(this.problem)}
            ${filter.userId && !owners.address(filter.userId) ? html`<p>${t('audit.only')} <ww-who .user=${filter.userId}></ww-who></p>` : nothing}
            <ww-paged .load=${this.#load} .filter=${JSON.stringify(filter)} .columns=${this.#columns()} .caption=${t('page.audit')} .none=${empty(t(filtered ? 'audit.none' : 'audit.empty'), t(filtered ? 'audit.none.hint' : 'audit.empty.hint'))}></ww-paged>
            <p><small>${t('audit.utc')}</small></p>
            <ww-api-call .lines=${[[t('audit.call.list'), curl('GET', 'admin/audit-logs', {query: filter})], [t('audit.call.export'), curl('GET', 'admin/audit-logs/export', {query: {...filter, format: 'csv'}})]]}></ww-api-call>`;
    }

    #load = async (offset, limit) => {
        const {auditLogs, pagination} = await get('admin/audit-logs', {...this.#filter, offset, limit});
        return {rows: auditLogs, ...pagination};
    };

    async #search(form) {
        const {user, action, startDate, endDate} = Object.fromEntries(new FormData(form));
        try {
            this.problem = null;
            route.filter({userId: await idOf(user.trim(), 'user') ?? '', action: action.trim(), startDate, endDate});
        } catch (problem) {
            this.problem = problem;
        }
    }

    #clear() {
        this.querySelector('form.filter').reset();
        route.filter(Object.fromEntries(FILTER.map(name => [name, ''])));
    }

    async #verify() {
        this.proving = true;
        try {
            this.proof = await get('admin/audit-logs/verification');
        } catch (problem) {
            this.proof = {problem};
        } finally {
            this.proving = false;
        }
    }

    #proof() {
        const {proof} = this;
        if (!proof || proof.problem) {
            return fault(proof?.problem);
        }
        return html`<div class="${proof.intact ? 'notice' : 'fault'} proof" role="status"><p><strong>${t(proof.intact ? 'audit.intact' : 'audit.broken')}</strong> ${t('audit.links', {n: proof.links})}
            ${proof.from ? html` (${exact(proof.from)} – ${exact(proof.until)})` : nothing}${proof.waiting ? html` · ${t('audit.waiting', {n: proof.waiting})}` : nothing}${proof.dropped ? html` · ${t('audit.dropped', {n: proof.dropped})}` : nothing}</p>
            ${proof.fault ? html`<p>${proof.fault}${proof.brokenAt ? ` (${number(proof.brokenAt)})` : ''}</p>` : nothing}
            ${proof.lastHash ? html`<details><summary>${t('audit.hash', {n: proof.lastPosition})}</summary><ww-copy .text=${proof.lastHash}></ww-copy><small>${t('audit.hash.why')}</small></details>` : nothing}</div>`;
    }
}
customElements.define('ww-audit', Audit);

/** What it was done to, as a link where there is a page of it. */
function subject(text) {
    const [, kind, id] = text?.match(/(?:^|\/)(users|api-keys|steam-users|downloads)\/([0-9a-f-]{36})/) ?? [];
    return kind ? html`<a href="#/${PAGES[kind]}/${id}">${text}</a>` : text;
}

const value = said => said === undefined ? '' : typeof said === 'string' ? said : JSON.stringify(said);

/** The members that differ, as they were and as they are. */
function difference({before, after}) {
    // What is new or gone has no need to list what it never had.
    const all = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
    const names = before && after ? all : all.filter(name => (before ?? after)[name] !== null);
    return names.length === 0 ? nothing : html`<details><summary>${t('audit.members', {n: names.length})}</summary><dl class="difference">${names.map(name => html`
        <dt>${name}</dt><dd>${before && name in before ? html`<del>${value(before[name])}</del>` : nothing} ${after && name in after ? html`<ins>${value(after[name])}</ins>` : nothing}</dd>`)}</dl></details>`;
}
