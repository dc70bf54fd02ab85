// Forms described by data: one look, one way to read them, and the server's word on a field at that field.
import {html, nothing} from '../vendor/lit.js';
import {Element} from '../core/element.js';
import {forField} from '../core/format.js';
import {t} from '../core/text.js';
import {ask} from './dialogs.js';
import {fault} from './small.js';

const scaled = ({value, scale = 1}) => value === null || value === undefined ? '' : String(Math.round(value / scale * 1000) / 1000);
const one = (data, name) => data.get(name) || null;

/** What each kind of field says in the API's words: null for nothing. What a person left as it was keeps its exact value. */
const READ = {
    text: (data, field) => field.type === 'password' ? one(data, field.name) : one(data, field.name)?.trim() || null,
    number: (data, field) => {
        const text = data.get(field.name);
        return text === scaled(field) ? field.value ?? null : text === '' ? null : Math.round(Number(text) * (field.scale ?? 1));
    },
    select: (data, field) => one(data, field.name),
    checks: (data, field) => data.getAll(field.name),
    check: (data, field) => data.has(field.name),
    time: (data, field) => {
        const text = data.get(field.name);
        return text === forField(field.value) ? field.value ?? null : text ? new Date(text).toISOString() : null;
    },
    lines: (data, field) => data.get(field.name).split(/[\s,]+/).filter(Boolean),
};
const LISTS = ['checks', 'lines'];
const all = fields => fields.flatMap(field => field.fields ?? [field]);

/**
 * A form. `fields` are {name, label, kind, value, hint, required, …}; kinds: text (`type`, `complete`, `list`: suggestions), number (`min`,
 * `scale`: how many of the API's unit are one of the form's), select and checks (`options`: [value, label, hint]), check, time,
 * lines (one entry a line), and groups {label, fields} that can be opened. `send(values, changes)` does it: `values` are what is
 * filled in, `changes` what differs from before. `done` gets its result.
 */
class Form extends Element {
    static properties = {fields: {attribute: false}, send: {attribute: false}, done: {attribute: false}, cancel: {attribute: false},
        action: {}, danger: {type: Boolean}, problem: {state: true}, busy: {state: true}};
    static #made = 0;
    #name = `form-${Form.#made++}`;

    render() {
        const elsewhere = this.problem && !(this.problem.errors.length > 0 && this.problem.errors.every(error => all(this.fields).some(field => concerns(error, field))));
        return html`<form @submit=${event => this.#submitted(event)}>${this.fields.map(field => field.fields ? this.#group(field) : this.#field(field))}
            ${elsewhere ? fault(this.problem) : nothing}
            <footer>${this.cancel ? html`<button type="button" class="secondary" @click=${this.cancel}>${t('action.cancel')}</button>` : nothing}
            <button class=${this.danger ? 'danger' : ''} aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy}>${this.action}</button></footer></form>`;
    }

    #group(group) {
        const set = group.fields.some(field => field.value !== null && field.value !== undefined || this.#errorsOf(field).length > 0);
        return html`<details class="group" ?open=${set}><summary>${group.label}</summary>${group.hint ? html`<p><small>${group.hint}</small></p>` : nothing}
            <div class="fields">${group.fields.map(field => this.#field(field))}</div></details>`;
    }

    #field(field) {
        const errors = this.#errorsOf(field);
        const id = `${this.#name}-${field.name}`;
        const about = {id, described: field.hint || errors.length ? `${id}-note` : nothing, invalid: errors.length ? 'true' : nothing};
        const note = field.hint || errors.length ? html`<small id="${id}-note">${errors.map(error => html`<span class="wrong">${error.detail}</span> `)}${field.hint}</small>` : nothing;
        if (field.kind === 'checks') {
            return html`<fieldset class="field" aria-describedby=${about.described}><legend>${field.label}</legend>${field.options.map(([value, label, hint]) => html`
                <label><input type="checkbox" name=${field.name} value=${value} ?checked=${(field.value ?? []).includes(value)}><span>${label}${hint ? html` <small>${hint}</small>` : nothing}</span></label>`)}${note}</fieldset>`;
        }
        if (field.kind === 'check') {
            return html`<div class="field"><label><input type="checkbox" role="switch" id=${id} name=${field.name} aria-describedby=${about.described} ?checked=${field.value}> ${field.label}</label>${note}</div>`;
        }
        return html`<div class="field"><label for=${id}>${field.label}</label>${this.#control(field, about)}${note}</div>`;
    }

    #control(field, {id, described, invalid}) {
        const more = field.required ?? false;
        switch (field.kind) {
            case 'select': return html`<select id=${id} name=${field.name} aria-describedby=${described} aria-invalid=${invalid}>${field.options.map(([value, label]) => html`
                <option value=${value} ?selected=${value === (field.value ?? '')}>${label}</option>`)}</select>`;
            case 'lines': return html`<textarea id=${id} name=${field.name} rows="3" spellcheck="false" aria-describedby=${described} aria-invalid=${invalid} .defaultValue=${(field.value ?? []).join('\n')}></textarea>`;
            case 'number': return html`<input id=${id} name=${field.name} type="number" inputmode="decimal" step=${field.scale ? 'any' : '1'} min=${field.min ?? 0} value=${scaled(field)}
                placeholder=${field.placeholder ?? nothing} ?required=${more} aria-describedby=${described} aria-invalid=${invalid}>`;
            case 'time': return html`<input id=${id} name=${field.name} type="datetime-local" value=${forField(field.value)} ?required=${more} aria-describedby=${described} aria-invalid=${invalid}>`;
            default: return html`<input id=${id} name=${field.name} type=${field.type ?? 'text'} value=${field.value ?? ''} ?required=${more} maxlength=${field.most ?? nothing} autocomplete=${field.complete ?? 'off'}
                spellcheck="false" autocapitalize="none" list=${field.list ? `${id}-list` : nothing} aria-describedby=${described} aria-invalid=${invalid}>
                ${field.list ? html`<datalist id="${id}-list">${field.list.map(value => html`<option value=${value}></option>`)}</datalist>` : nothing}`;
        }
    }

    #errorsOf(field) {
        return (this.problem?.errors ?? []).filter(error => concerns(error, field));
    }

    async #submitted(event) {
        event.preventDefault();
        const data = new FormData(event.target);
        const values = {};
        const changes = {};
        for (const field of all(this.fields)) {
            const value = READ[field.kind ?? 'text'](data, field);
            const before = field.value ?? (LISTS.includes(field.kind) ? [] : field.kind === 'check' ? false : null);
            if (value !== null) {
                values[field.name] = value;
            }
            if (JSON.stringify(value) !== JSON.stringify(before)) {
                changes[field.name] = value;
            }
        }
        this.busy = true;
        this.problem = null;
        try {
            const result = await this.send(values, changes);
            this.querySelector('form')?.reset();
            this.done?.(result ?? true);
        } catch (problem) {
            this.problem = Object.assign(problem, {errors: problem.errors ?? []});
        } finally {
            this.busy = false;
        }
        await this.updateComplete;
        const wrong = this.querySelector('[aria-invalid=true]');
        wrong?.closest('details')?.setAttribute('open', '');
        wrong?.focus();
    }

    firstUpdated() {
        if (this.closest('dialog')) {
            this.querySelector('input, select, textarea')?.focus();
        }
    }
}
customElements.define('ww-form', Form);

const concerns = (error, field) => error.pointer === `/${field.name}` || error.pointer?.startsWith(`/${field.name}/`);

/** A form in a dialog; gives what `send` gave, undefined when it was closed before. */
export const askForm = (heading, {intro = nothing, fields, send, action = t('action.save'), wide = false}) => ask(heading, dialog => html`${intro}
    <ww-form .fields=${fields} .send=${send} .action=${action} .done=${result => dialog.close(result)} .cancel=${() => dialog.close(undefined)}></ww-form>`, {firm: true, wide});

const LIMITS = ['maxConcurrent', 'downloadsDaily', 'downloadsMonthly', 'rateLimit', 'quotaDaily', 'quotaMonthly', 'maxRuntimeSeconds'];

/** The limits that users and keys have alike, with what they are now. */
export const limitFields = (of, more = []) => ({label: t('limit.title'), hint: t('limit.hint'), fields: [...LIMITS.map(name => ({name, kind: 'number', label: t(`limit.${name}`), value: of?.[name],
    min: name.startsWith('downloads') ? 0 : name === 'maxRuntimeSeconds' ? 10 : 1})), ...more]});

/** Those limits in short, for a line of a table; an empty text where all are the server's. */
export const limitsInShort = of => LIMITS.filter(name => of[name] !== null && of[name] !== undefined).map(name => t(`limit.${name}.short`, {n: of[name]})).join(' · ');
