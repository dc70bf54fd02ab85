// The settings of this instance: read-only, because they come from where it was started.
import {html, nothing} from '../vendor/lit.js';
import {curl, get} from '../core/api.js';
import {Element} from '../core/element.js';
import {route} from '../core/route.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {chip, empty, fault, word} from '../parts/small.js';
import '../parts/table.js';

await Promise.all([need('admin'), sheet('admin')]);

class Settings extends Element {
    static properties = {settings: {state: true}, problem: {state: true}};

    connectedCallback() {
        super.connectedCallback();
        this.watch(route, 'change');
        this.watch(session, 'change');
        this.#load();
    }

    async #load() {
        try {
            this.settings = (await get('admin/settings')).settings;
        } catch (problem) {
            this.problem = problem;
        }
    }

    render() {
        const q = route.query.get('q') ?? '';
        const changed = route.query.get('changed') === '1';
        const found = (this.settings ?? []).filter(setting => (!changed || setting.source && setting.source !== 'default')
            && q.toLowerCase().split(/\s+/).every(part => `${setting.name} ${setting.variable} ${setting.meaning} ${setting.value}`.toLowerCase().includes(part)));
        return html`
            <div class="head"><h1>${t('page.settings')}</h1><ww-search .label=${t('setting.search')} .value=${q} .told=${text => route.filter({q: text})}></ww-search>
                <label class="inline"><input type="checkbox" role="switch" ?checked=${changed} @change=${event => route.filter({changed: event.target.checked ? '1' : ''})}> ${t('setting.changed')}</label></div>
            <p><small>${t('setting.how')}</small></p>${fault(this.problem)}
            ${!this.settings ? this.problem ? nothing : html`<p aria-busy="true">${t('shell.loading')}</p>` : found.length === 0 ? empty(t('setting.none'), t('setting.none.hint')) : html`
                <p role="status"><small>${t('setting.count', {n: found.length})}</small></p>
                <div class="wide-table"><table class="paged settings"><caption class="unseen">${t('page.settings')}</caption><thead><tr><th scope="col">${t('setting.name')}</th><th scope="col">${t('setting.value')}</th><th scope="col">${t('setting.source')}</th><th scope="col">${t('setting.meaning')}</th></tr></thead>
                <tbody>${found.map(setting => this.#line(setting))}</tbody></table></div>`}
            <ww-api-call .lines=${[[t('setting.call'), curl('GET', 'admin/settings')]]}></ww-api-call>`;
    }

    #line({name, variable, value, defaultValue, meaning, source}) {
        const set = source && source !== 'default';
        return html`<tr><th scope="row"><code>${name}</code><br><small>${variable}</small></th>
            <td data-label=${t('setting.value')}>${value === null || value === '' ? html`<small>${t('setting.unset')}</small>` : html`<code>${value}</code>`}${set && defaultValue !== null && defaultValue !== value ? html`<br><small>${t('setting.default')} <code>${defaultValue || '–'}</code></small>` : nothing}</td>
            <td data-label=${t('setting.source')}>${source ? chip(set ? 'running' : 'canceled', word('source', source.replaceAll(' ', '-'))) : html`<small>${t('setting.unset')}</small>`}</td>
            <td data-label=${t('setting.meaning')}>${meaning}</td></tr>`;
    }
}
customElements.define('ww-settings', Settings);
